/* SPDX-License-Identifier: MIT */
/* test_args.c: the arguments of system calls, as they are told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "sys/calls.h"
#include "explain/args.h"
#include "explain/shapes.h"

static const char *told(uint32_t arch, const char *call, uint64_t a, uint64_t b,
	uint64_t c, uint64_t d)
{
	static char text[160];
	const uint64_t args[6] = { a, b, c, d, 5, 6 };

	explain_args(getpid(), arch, call, args, text, sizeof(text));
	return text;
}

static void arity_of_each_call(void **state)
{
	static const uint32_t arches[] = { AUDIT_ARCH_X86_64, AUDIT_ARCH_I386 };
	char name[64];

	(void)state;
	for (int i = 0; i < 2 * calls_end(arches[i % 2]); i++) {
		int arity;

		calls_name(arches[i % 2], i / 2, name, sizeof(name));
		arity = calls_arity(arches[i % 2], name);
		if (calls_known(arches[i % 2], i / 2))
			assert_true(arity >= 0 && arity <= 6);
	}
	assert_int_equal(calls_arity(AUDIT_ARCH_X86_64, "nonesuch"), -1);
	assert_int_equal(calls_arity(AUDIT_ARCH_X86_64, "umask"), 1);
	assert_int_equal(calls_arity(AUDIT_ARCH_X86_64, "x32:umask"), 1);
	assert_int_equal(calls_arity(AUDIT_ARCH_X86_64, "pread64"), 4);
	assert_int_equal(calls_arity(AUDIT_ARCH_I386, "pread64"), 5);
	assert_int_equal(calls_arity(AUDIT_ARCH_I386, "futex_time64"), 6);
	assert_int_equal(calls_arity(AUDIT_ARCH_I386, "umount"), 1);
}

/* The two tables agree; calls of 64-bit numbers have no shape for i386. */
static void shapes_are_of_that_arity(void **state)
{
	char name[64];

	(void)state;
	for (int nr = 0; nr < calls_end(AUDIT_ARCH_X86_64); nr++) {
		const char *shape;

		calls_name(AUDIT_ARCH_X86_64, nr, name, sizeof(name));
		shape = explain_shape(name);
		if (shape)
			assert_int_equal(strlen(shape),
				calls_arity(AUDIT_ARCH_X86_64, name));
	}
}

static void as_many_as_it_has(void **state)
{
	(void)state;
	assert_string_equal(told(AUDIT_ARCH_X86_64, "umask", 0x1ff, 1, 2, 3),
		"umask(0x1ff)");
	assert_string_equal(
		told(AUDIT_ARCH_X86_64, "getpgrp", 7, 1, 2, 3), "getpgrp()");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "getsockname", 3, 1, 2, 3),
		"getsockname(0x3, 0x1, 0x2)");
	assert_string_equal(told(AUDIT_ARCH_I386, "pread64", 3, 0, 2, 4),
		"pread64(0x3, 0x0, 0x2, 0x4, 0x5)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "nonesuch", 1, 2, 3, 4),
		"nonesuch(0x1, 0x2, 0x3, 0x4, 0x5, 0x6)");
}

static void open_and_its_mode(void **state)
{
	const uint64_t at = (uint64_t)AT_FDCWD, x = (uintptr_t) "/x";

	(void)state;
	assert_string_equal(
		told(AUDIT_ARCH_X86_64, "openat", at, x, O_CLOEXEC, 0),
		"openat(AT_FDCWD, \"/x\", O_RDONLY|O_CLOEXEC)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "openat", at, x, 0, 0),
		"openat(AT_FDCWD, \"/x\", O_RDONLY)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "openat", at, x,
				    O_RDWR | O_CREAT, 0600),
		"openat(AT_FDCWD, \"/x\", O_RDWR|O_CREAT, 0600)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "openat", at, x,
				    O_WRONLY | O_TMPFILE, 0600),
		"openat(AT_FDCWD, \"/x\", O_WRONLY|O_TMPFILE, 0600)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "openat", at, x,
				    O_DIRECTORY | O_PATH, 0600),
		"openat(AT_FDCWD, \"/x\", O_RDONLY|O_DIRECTORY|O_PATH)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "open", x, 3, 0600, 0),
		"open(\"/x\", O_ACCMODE)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "dup3", 1, 2, O_CLOEXEC, 0),
		"dup3(1, 2, O_CLOEXEC)");
}

static void addresses_of_sockets(void **state)
{
	struct sockaddr_in in = { AF_INET, htons(80), { htonl(0x7f000001) },
		{ 0 } };
	struct sockaddr_un un = { AF_UNIX, "/run/x" };
	struct sockaddr_un hidden = { AF_UNIX, "\0x\n" };

	(void)state;
	assert_string_equal(told(AUDIT_ARCH_X86_64, "connect", 3,
				    (uintptr_t)&in, sizeof(in), 0),
		"connect(3, {sa_family=AF_INET, sin_port=htons(80), "
		"sin_addr=inet_addr(\"127.0.0.1\")}, 16)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "bind", 3, (uintptr_t)&un,
				    sizeof(un), 0),
		"bind(3, {sa_family=AF_UNIX, sun_path=\"/run/x\"}, 110)");
	assert_string_equal(
		told(AUDIT_ARCH_X86_64, "bind", 3, (uintptr_t)&hidden, 5, 0),
		"bind(3, {sa_family=AF_UNIX, sun_path=@\"x\\n\"}, 5)");
	assert_string_equal(
		told(AUDIT_ARCH_X86_64, "bind", 3, (uintptr_t)&un, 2, 0),
		"bind(3, {sa_family=AF_UNIX}, 2)");
	assert_string_equal(told(AUDIT_ARCH_X86_64, "connect", 3, 8, 16, 0),
		"connect(3, 0x8, 16)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arity_of_each_call),
		cmocka_unit_test(shapes_are_of_that_arity),
		cmocka_unit_test(as_many_as_it_has),
		cmocka_unit_test(open_and_its_mode),
		cmocka_unit_test(addresses_of_sockets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
