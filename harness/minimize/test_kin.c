/* SPDX-License-Identifier: MIT */
/* test_kin.c: what is one need with what was seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <elf.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "minimize/kin.h"
#include "minimize/trial.h"
#include "sys/arch.h"
#include "sys/calls.h"

static void test_makes(void **state)
{
	(void)state;
	assert_int_equal(minimize_makes(FUTEX_WAIT), LIBC_GLIBC | LIBC_MUSL);
	assert_int_equal(minimize_makes(FUTEX_WAKE_PRIVATE),
		LIBC_GLIBC | LIBC_MUSL | LIBC_GO);
	assert_int_equal(minimize_makes(FUTEX_WAIT_BITSET_PRIVATE), LIBC_GLIBC);
	assert_int_equal(
		minimize_makes(FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME),
		LIBC_GLIBC);
	assert_int_equal(minimize_makes(FUTEX_REQUEUE_PRIVATE), LIBC_MUSL);
	assert_int_equal(minimize_makes(FUTEX_CMP_REQUEUE_PRIVATE), 0);
	assert_int_equal(minimize_makes(FUTEX_WAIT | FUTEX_CLOCK_REALTIME), 0);
}

static unsigned brings(const char *call, uint64_t arg1, uint64_t arg3)
{
	const struct explain_refusal r = { .tid = getpid(),
		.arch = ARCH_NATIVE,
		.args = { 0, arg1, 0, arg3 } };

	return minimize_brings(call, &r);
}

static void test_brings(void **state)
{
	uint64_t handler[] = { 0x1000, 0 }, ignore[] = { 1, 0x1000 };

	(void)state;
	assert_int_equal(brings("futex", FUTEX_WAKE_PRIVATE, 1), KIN_WAITS);
	assert_int_equal(brings("futex", FUTEX_WAIT_PRIVATE, 0), KIN_WAITS);
	assert_int_equal(
		brings("futex", FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 1),
		KIN_WAITS | KIN_RESTART);
	assert_int_equal(
		brings("futex", FUTEX_LOCK_PI_PRIVATE, 1), KIN_WAITS | KIN_PI);
	assert_int_equal(
		brings("nanosleep", 0, 0), KIN_RESTART | KIN_SLEEP | KIN_TIME);
	assert_int_equal(brings("clock_nanosleep", 0, 0),
		KIN_RESTART | KIN_SLEEP | KIN_TIME);
	assert_int_equal(brings("clock_nanosleep", TIMER_ABSTIME, 0),
		KIN_SLEEP | KIN_TIME);
	assert_int_equal(brings("poll", 1, 0), KIN_RESTART);
	assert_int_equal(brings("ppoll", 1, 1), 0);
	assert_int_equal(brings("epoll_wait", 1, 1), 0);
	assert_int_equal(brings("epoll_create1", 0, 0), KIN_POLLS);
	assert_int_equal(
		brings("rt_sigaction", (uintptr_t)handler, 0), KIN_SIGRETURN);
	assert_int_equal(brings("rt_sigaction", (uintptr_t)ignore, 0), 0);
	/* Only asked for, or not to be read. */
	assert_int_equal(brings("rt_sigaction", 0, 0), 0);
	assert_int_equal(brings("rt_sigaction", 16, 0), 0);
}

/* This program is linked with glibc, by its own dynamic linker. */
static void test_libc(void **state)
{
	(void)state;
	assert_int_equal(minimize_libc(getpid()), LIBC_GLIBC);
}

static unsigned libc_of(const void *bytes, size_t size)
{
	int fd = memfd_create("program", MFD_CLOEXEC);
	unsigned libc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	libc = minimize_libc_of(fd);
	close(fd);
	return libc;
}

struct program {
	Elf64_Ehdr header;
	Elf64_Phdr segment;
	char text[64];
};

static struct program program_of(uint32_t type, const void *text, size_t size)
{
	struct program p = {
		.header = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
				    ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
			.e_type = ET_EXEC,
			.e_machine = EM_X86_64,
			.e_version = EV_CURRENT,
			.e_phoff = offsetof(struct program, segment),
			.e_ehsize = sizeof(Elf64_Ehdr),
			.e_phentsize = sizeof(Elf64_Phdr),
			.e_phnum = 1 },
		.segment = { .p_type = type,
			.p_offset = offsetof(struct program, text),
			.p_filesz = size,
			.p_align = 4 },
	};

	memcpy(p.text, text, size);
	return p;
}

static void test_programs(void **state)
{
	static const struct {
		const char *interpreter;
		unsigned libcs;
	} dynamic[] = {
		{ "/lib/ld-musl-x86_64.so.1", LIBC_MUSL },
		{ "/lib64/ld-linux-x86-64.so.2", LIBC_GLIBC },
		{ "ld-linux.so.2", LIBC_GLIBC },
		{ "/system/bin/linker64", LIBC_GLIBC | LIBC_MUSL },
		{ "/ld-linux/x", LIBC_GLIBC | LIBC_MUSL },
	};
	/* "ABI tag" of Linux 3.2.0, and a build ID. */
	static const uint32_t tag[] = { 4, 16, 1, 0x554e47, 0, 3, 2, 0 },
			      id[] = { 4, 4, 3, 0x554e47, 1 },
			      /* Go's build ID; another's note of its type. */
		go[] = { 4, 4, 4, 0x6f47, 1 },
			      other[] = { 4, 4, 4, 0x554e47, 1 };
	struct program p;

	(void)state;
	for (size_t i = 0; i < sizeof(dynamic) / sizeof(*dynamic); i++) {
		const char *name = dynamic[i].interpreter;

		p = program_of(PT_INTERP, name, strlen(name) + 1);
		assert_int_equal(libc_of(&p, sizeof(p)), dynamic[i].libcs);
	}
	p = program_of(PT_NOTE, tag, sizeof(tag));
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GLIBC);
	p = program_of(PT_NOTE, id, sizeof(id));
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GLIBC | LIBC_MUSL);
	p = program_of(PT_NOTE, go, sizeof(go));
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GO);
	p = program_of(PT_NOTE, other, sizeof(other));
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GLIBC | LIBC_MUSL);
	/* Damaged: longer than the file, and no program at all. */
	p = program_of(PT_NOTE, tag, sizeof(tag));
	p.segment.p_filesz = UINT64_MAX / 2;
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GLIBC | LIBC_MUSL);
	p.segment.p_type = PT_INTERP;
	assert_int_equal(libc_of(&p, sizeof(p)), LIBC_GLIBC | LIBC_MUSL);
	assert_int_equal(libc_of("#!/bin/sh", 9), LIBC_GLIBC | LIBC_MUSL);
}

/* A row that names no call adds nothing, and says so nowhere. */
static void test_calls(void **state)
{
	(void)state;
	for (size_t i = 0; i < minimize_nkin_calls; i++) {
		const struct kin_call *c = &minimize_kin_calls[i];

		assert_true(calls_number(ARCH_NATIVE, c->call) >= 0 ||
			    calls_number(ARCH_COMPAT, c->call) >= 0);
		assert_int_equal(c->arg >= 0, c->how != NULL);
		assert_memory_equal(c->why, KIN_OF, strlen(KIN_OF));
		/* Where it stands: "glibc dir/file.c, function". */
		assert_non_null(strchr(c->source, '/'));
		assert_true(c->libcs != 0);
		assert_true((c->brought & ~(unsigned)KIN_NEXT) != 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_makes),
		cmocka_unit_test(test_brings),
		cmocka_unit_test(test_libc),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
