/* SPDX-License-Identifier: MIT */
/* test_same.c: filters that differ on one way into the kernel alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <string.h>

#include "profile/rules.h"

#define X32 0x40000000

static const struct profile no_rules;

/* Allows all but call NR of ARCH. */
static struct filter *but(struct filter *f, uint32_t arch, int nr)
{
	const struct sock_filter insns[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	memcpy(f->insns, insns, sizeof(insns));
	f->ninsns = sizeof(insns) / sizeof(*insns);
	f->mode = FILTER_BPF;
	return f;
}

static void test_ways(void **state)
{
	static const struct {
		uint32_t arch;
		int nr;
	} calls[] = {
		{ AUDIT_ARCH_X86_64, 0 },
		{ AUDIT_ARCH_X86_64, -1 },
		{ AUDIT_ARCH_X86_64, X32 | 520 },
		{ AUDIT_ARCH_I386, 354 },
		{ AUDIT_ARCH_AARCH64, 93 },
		{ AUDIT_ARCH_ARM, 1 },
	};
	static struct filter all, f;
	struct seccomp_data bad;

	(void)state;
	/* No architecture has this number: it allows all. */
	but(&all, 0, 0);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		but(&f, calls[i].arch, calls[i].nr);
		assert_false(profile_same(&no_rules, &all, &f, &bad));
		assert_int_equal(bad.arch, calls[i].arch);
		assert_int_equal(bad.nr, calls[i].nr);
		assert_true(profile_same(&no_rules, &f, &f, &bad));
	}
}

#define LOAD(field)                                                            \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))

/* Kills for two values of two arguments together; SUM: the second is found by
 * computing. */
static struct filter *both(struct filter *f, uint32_t second, bool sum)
{
	const struct sock_filter insns[] = {
		LOAD(args[0]),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x12345, 0, 4),
		LOAD(args[1]),
		BPF_STMT(BPF_ALU | (sum ? BPF_ADD : BPF_AND) | BPF_K,
			sum ? 0 : UINT32_MAX),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, second, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	memcpy(f->insns, insns, sizeof(insns));
	f->ninsns = sizeof(insns) / sizeof(*insns);
	f->mode = FILTER_BPF;
	return f;
}

/* No edge of one argument shows it. */
static void test_two_arguments(void **state)
{
	static struct filter one, two;
	struct seccomp_data bad;

	(void)state;
	both(&one, 0x777, false);
	assert_false(
		profile_same(&no_rules, &one, both(&two, 0x778, false), &bad));
	assert_int_equal(bad.args[0] & UINT32_MAX, 0x12345);
	assert_int_equal(bad.args[1] & UINT32_MAX & ~0xfull, 0x770);
	assert_true(
		profile_same(&no_rules, &one, both(&two, 0x777, false), &bad));
	/* The kernel does the same. */
	two.insns[5].k |= 7;
	assert_true(profile_same(&no_rules, &one, &two, &bad));
}

/* What computes is tried at its edges: here with the other argument 0. */
static void test_sampled(void **state)
{
	static struct filter one, two;
	struct seccomp_data bad;

	(void)state;
	both(&one, 0x777, true);
	both(&two, 0x778, true);
	one.insns[1].k = two.insns[1].k = 0;
	assert_false(profile_same(&no_rules, &one, &two, &bad));
	assert_true(profile_same(&no_rules, &one, &one, &bad));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_two_arguments),
		cmocka_unit_test(test_sampled),
	};

	return cmocka_run_group_tests_name("same", tests, NULL, NULL);
}
