/* SPDX-License-Identifier: MIT */
/* test_bpf.c: what the kernel would take for a filter, and what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>

#include "sys/bpf.h"

#define N(code)	 (sizeof(code) / sizeof(*(code)))
#define NR	 0
#define ARCH	 4
#define ARG0_LOW 16

static uint32_t run(const struct sock_filter *code, size_t n, int nr,
	uint32_t arch, uint64_t arg0)
{
	struct seccomp_data data = { .nr = nr, .arch = arch, .args = { arg0 } };
	size_t bad;

	assert_int_equal(bpf_check(code, n, &bad), 0);
	return bpf_run(code, n, &data);
}

static void test_jumps(void **state)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARCH),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NR),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 1, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};

	(void)state;
	assert_int_equal(run(code, N(code), 0, AUDIT_ARCH_I386, 0),
		SECCOMP_RET_KILL_PROCESS);
	assert_int_equal(
		run(code, N(code), 1, AUDIT_ARCH_X86_64, 0), SECCOMP_RET_ALLOW);
	assert_int_equal(run(code, N(code), 2, AUDIT_ARCH_X86_64, 0),
		SECCOMP_RET_ERRNO | 1);
	assert_int_equal(run(code, N(code), 0x40000000, AUDIT_ARCH_X86_64, 0),
		SECCOMP_RET_ERRNO | 1);
}

static void test_arithmetic(void **state)
{
	/* (arg0 & 0xff) * 2 + 1, through X and memory, given back as data. */
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG0_LOW),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff),
		BPF_STMT(BPF_ST, 3),
		BPF_STMT(BPF_LDX | BPF_W | BPF_MEM, 3),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		BPF_STMT(BPF_RET | BPF_A, 0),
	};

	(void)state;
	assert_int_equal(run(code, N(code), 0, 0, 0x1ff), 0x1ff);
	assert_int_equal(run(code, N(code), 0, 0, 4), 9);
}

/* Each of these the kernel refuses: net/core/filter.c, bpf_check_classic;
 * kernel/seccomp.c, seccomp_check_filter. */
static void test_refused(void **state)
{
	static const struct {
		struct sock_filter code[4];
		size_t n, bad;
	} rows[] = {
		{ { BPF_STMT(BPF_ALU | BPF_LSH | BPF_K, 32),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		/* A jump goes round the store: on either of its ways. */
		{ { BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
			  BPF_STMT(BPF_ST, 0), BPF_STMT(BPF_LD | BPF_MEM, 0),
			  BPF_STMT(BPF_RET | BPF_A, 0) },
			4, 2 },
		{ { BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
			  BPF_STMT(BPF_ST, 0), BPF_STMT(BPF_LD | BPF_MEM, 0),
			  BPF_STMT(BPF_RET | BPF_A, 0) },
			4, 2 },
		{ { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0) }, 1, 0 },
		{ { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 64),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 2),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_STMT(BPF_ALU | BPF_DIV | BPF_K, 0),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_STMT(BPF_ST, 16), BPF_STMT(BPF_RET | BPF_K, 0) }, 2,
			0 },
		{ { BPF_STMT(BPF_LD | BPF_MEM, 0),
			  BPF_STMT(BPF_RET | BPF_K, 0) },
			2, 0 },
		{ { BPF_STMT(0xffff, 0), BPF_STMT(BPF_RET | BPF_K, 0) }, 2, 0 },
	};
	size_t bad;

	(void)state;
	assert_int_not_equal(bpf_check(NULL, 0, &bad), 0);
	for (size_t i = 0; i < N(rows); i++) {
		assert_int_equal(
			bpf_check(rows[i].code, rows[i].n, &bad), -EINVAL);
		assert_int_equal(bad, rows[i].bad);
	}
}

static void test_verdict(void **state)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NR),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 202, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG0_LOW),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_THREAD),
	};
	uint32_t v;

	(void)state;
	assert_true(bpf_verdict(code, N(code), AUDIT_ARCH_X86_64, 1, &v));
	assert_int_equal(v, SECCOMP_RET_KILL_THREAD);
	assert_false(bpf_verdict(code, N(code), AUDIT_ARCH_X86_64, 202, &v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jumps),
		cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
