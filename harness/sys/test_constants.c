/* SPDX-License-Identifier: MIT */
/* test_constants.c: the table of constants, beside this machine's headers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "sys/constants.h"

static uint64_t value(const char *name)
{
	uint64_t v = 0;

	if (!constants_find(name, &v))
		fail_msg("%s is not known", name);
	return v;
}

static void in_order(void **state)
{
	(void)state;
	assert_true(constants_n > 2000);
	for (size_t i = 0; i < constants_n; i++) {
		const struct constant *c = &constants_table[i];

		if (i)
			assert_true(strcmp(c[-1].name, c->name) < 0);
		assert_int_equal(value(c->name), c->value);
	}
}

#define SAME(name) assert_int_equal(value(#name), (uint64_t)(name))

static void as_the_headers_say(void **state)
{
	(void)state;
	SAME(PROT_NONE);
	SAME(PROT_EXEC);
	SAME(MAP_FIXED_NOREPLACE);
	SAME(MADV_DONTDUMP);
	SAME(O_CREAT);
	SAME(O_TMPFILE);
	SAME(AT_FDCWD);
	SAME(F_SETLKW);
	SAME(AF_NETLINK);
	SAME(AF_VSOCK);
	SAME(SOCK_CLOEXEC);
	SAME(SOCK_SEQPACKET); /* an enumerator */
	SAME(CLONE_NEWUSER);
	SAME(FUTEX_WAIT_PRIVATE);
	SAME(FUTEX_LOCK_PI2);
	SAME(PR_SET_VMA);
	SAME(PR_SET_PTRACER_ANY);
	SAME(SIGSYS);
	SAME(TCGETS);
	SAME(TIOCGWINSZ);
	SAME(EACCES);
	assert_int_equal(value("AT_FDCWD"), (uint64_t)-100);
	assert_int_equal(value("CLONE_INTO_CGROUP"), 0x200000000);
	assert_int_equal(value("TCGETS2"), 0x802c542a);
	assert_int_equal(value("DRM_IOCTL_VERSION"), 0xc0406400);
	/* Newer than the headers of Debian 12. */
	assert_int_equal(value("MADV_GUARD_INSTALL"), 102);
}

static void others_are_not_known(void **state)
{
	static const char *const names[] = { "", "A", "AF_UNIXX", "af_unix",
		"ZZZ", "_FCNTL_H", "NULL", "0" };
	uint64_t v = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_false(constants_find(names[i], &v));
	assert_int_equal(v, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_order),
		cmocka_unit_test(as_the_headers_say),
		cmocka_unit_test(others_are_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
