/* SPDX-License-Identifier: MIT */
/* test_filter.c: filters whose refusals are told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "explain/filter.h"
#include "sys/bpf.h"

#define NO   7
#define TOLD (SECCOMP_RET_TRACE | EXPLAIN_MARK | NO)

static const struct {
	uint32_t verdict, real, let;
} verdicts[] = {
	{ SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW },
	{ SECCOMP_RET_LOG, SECCOMP_RET_LOG, TOLD },
	{ SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_PROCESS, TOLD },
	{ SECCOMP_RET_KILL_THREAD, SECCOMP_RET_KILL_THREAD, TOLD },
	{ SECCOMP_RET_TRAP, SECCOMP_RET_TRAP, TOLD },
	{ SECCOMP_RET_ERRNO | EPERM, TOLD, TOLD },
	{ SECCOMP_RET_TRACE | 5, TOLD, TOLD },
	{ SECCOMP_RET_USER_NOTIF, TOLD, TOLD },
};

#define NVERDICTS (sizeof(verdicts) / sizeof(*verdicts))

static uint32_t verdict_of(const struct filter *f, int nr)
{
	struct seccomp_data data = { .nr = nr, .arch = AUDIT_ARCH_X86_64 };
	size_t bad;

	assert_int_equal(bpf_check(f->insns, f->ninsns, &bad), 0);
	return bpf_run(f->insns, f->ninsns, &data);
}

static void constant_answers(void **state)
{
	static struct filter in, out;

	(void)state;
	for (size_t i = 0; i < NVERDICTS; i++) {
		const struct sock_filter ret =
			BPF_STMT(BPF_RET | BPF_K, verdicts[i].verdict);

		in.insns[0] = ret;
		in.ninsns = 1;
		assert_int_equal(
			explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, 0), verdicts[i].real);
		assert_int_equal(
			explain_filter(&in, EXPLAIN_LET, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, 0), verdicts[i].let);
	}
}

/* A filter that answers with the call's number. */
static void computed_answers(void **state)
{
	static struct filter in, out;
	const struct sock_filter load = BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	const struct sock_filter ret = BPF_STMT(BPF_RET | BPF_A, 0);

	(void)state;
	in.insns[0] = load;
	in.insns[1] = ret;
	in.ninsns = 2;
	for (size_t i = 0; i < NVERDICTS; i++) {
		int nr = (int)verdicts[i].verdict;

		assert_int_equal(
			explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, nr), verdicts[i].real);
		assert_int_equal(
			explain_filter(&in, EXPLAIN_LET, TOLD, &out), 0);
		assert_int_equal(verdict_of(&out, nr), verdicts[i].let);
	}
	/* An action that the kernel does not know kills the process. */
	assert_int_equal(explain_filter(&in, EXPLAIN_REAL, TOLD, &out), 0);
	assert_int_equal(
		verdict_of(&out, 0x12340000), SECCOMP_RET_KILL_PROCESS);
	in.ninsns = BPF_MAXINSNS;
	assert_int_equal(explain_filter(&in, EXPLAIN_LET, TOLD, &out), -E2BIG);
}

static void some_calls_are_told(void **state)
{
	static struct filter f;
	struct seccomp_data clone = { .nr = SYS_clone,
		.arch = AUDIT_ARCH_X86_64 };
	const struct seccomp_data alarm32 = { .nr = 27,
		.arch = AUDIT_ARCH_I386 };
	const struct sock_filter allow =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	const struct sock_filter kill =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);

	(void)state;
	f.insns[0] = allow;
	f.ninsns = 1;
	explain_mark_calls(&f, AUDIT_ARCH_X86_64);
	assert_int_equal(verdict_of(&f, SYS_ptrace),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_PTRACE);
	assert_int_equal(verdict_of(&f, 446), /* landlock_restrict_self */
		SECCOMP_RET_TRACE | EXPLAIN_MARK_LANDLOCK);
	assert_int_equal(verdict_of(&f, SYS_alarm),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(verdict_of(&f, SYS_setitimer),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(bpf_run(f.insns, f.ninsns, &alarm32),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(verdict_of(&f, SYS_read), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_of(&f, SYS_clone), SECCOMP_RET_ALLOW);
	clone.args[0] = CLONE_UNTRACED;
	assert_int_equal(bpf_run(f.insns, f.ninsns, &clone),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_CLONE);
	/* What seccomp_is_const_allow follows in kernel/seccomp.c: for other
	 * instructions it keeps nothing, and each call runs the filter. */
	for (size_t i = 0; i < f.ninsns; i++)
		switch (f.insns[i].code) {
		case BPF_LD | BPF_W | BPF_ABS:
		case BPF_RET | BPF_K:
		case BPF_JMP | BPF_JA:
		case BPF_JMP | BPF_JEQ | BPF_K:
		case BPF_JMP | BPF_JGE | BPF_K:
		case BPF_JMP | BPF_JGT | BPF_K:
		case BPF_JMP | BPF_JSET | BPF_K:
		case BPF_ALU | BPF_AND | BPF_K:
			break;
		default:
			fail_msg("instruction %zu: %#x", i, f.insns[i].code);
		}
	f.insns[0] = kill;
	f.ninsns = 1;
	explain_mark_calls(&f, AUDIT_ARCH_X86_64);
	assert_int_equal(verdict_of(&f, SYS_ptrace), SECCOMP_RET_KILL_PROCESS);
	assert_int_equal(verdict_of(&f, SYS_clone), SECCOMP_RET_KILL_PROCESS);
}

/* Call NR(ARG0) of i386, by the numbers of the kernel's syscall_32.tbl. */
static uint32_t verdict_32(const struct filter *f, int nr, uint64_t arg0)
{
	struct seccomp_data data = {
		.nr = nr, .arch = AUDIT_ARCH_I386, .args = { arg0 }
	};

	return bpf_run(f->insns, f->ninsns, &data);
}

static void calls_of_32_bit_code(void **state)
{
	static struct filter f;
	const struct sock_filter allow =
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

	(void)state;
	f.insns[0] = allow;
	f.ninsns = 1;
	explain_mark_calls(&f, AUDIT_ARCH_I386);
	assert_int_equal(
		verdict_32(&f, 26, 0), SECCOMP_RET_TRACE | EXPLAIN_MARK_PTRACE);
	assert_int_equal(
		verdict_32(&f, 27, 0), SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(
		verdict_32(&f, 104, 0), SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	assert_int_equal(verdict_32(&f, 120, CLONE_UNTRACED),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_CLONE);
	assert_int_equal(verdict_32(&f, 120, 0), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_32(&f, SYS_alarm, 0), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_of(&f, SYS_alarm),
		SECCOMP_RET_TRACE | EXPLAIN_MARK_ALARM);
	explain_strict(AUDIT_ARCH_I386, &f);
	for (int nr = 0; nr < 500; nr++)
		assert_int_equal(explain_allows(verdict_32(&f, nr, 0)),
			nr == 1 || nr == 3 || nr == 4 || nr == 119);
}

static void loads_are_told(void **state)
{
	static struct filter f;
	const uint32_t load = SECCOMP_RET_TRACE | EXPLAIN_MARK_LOAD;
	struct seccomp_data data = { .nr = SYS_prctl,
		.arch = AUDIT_ARCH_X86_64,
		.args = { PR_SET_SECCOMP } };

	const uint64_t asks[] = { PR_GET_SECCOMP, PR_SET_NO_NEW_PRIVS,
		PR_GET_NO_NEW_PRIVS };

	(void)state;
	explain_mark_loads(&f);
	assert_int_equal(verdict_of(&f, SYS_seccomp), load);
	assert_int_equal(verdict_of(&f, SYS_prctl), SECCOMP_RET_ALLOW);
	assert_int_equal(bpf_run(f.insns, f.ninsns, &data), load);
	for (int i = 0; i < 3; i++) {
		data.args[0] = asks[i];
		assert_int_equal(bpf_run(f.insns, f.ninsns, &data), load);
	}
	assert_int_equal(verdict_of(&f, 354), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_32(&f, 354, 0), load);
	assert_int_equal(verdict_32(&f, 172, PR_SET_SECCOMP), load);
	assert_int_equal(verdict_32(&f, 172, 0), SECCOMP_RET_ALLOW);
	assert_int_equal(verdict_32(&f, SYS_seccomp, 0), SECCOMP_RET_ALLOW);
}

static void strict_is_four_calls(void **state)
{
	static struct filter f;
	int allowed = 0;

	(void)state;
	explain_strict(AUDIT_ARCH_X86_64, &f);
	for (int nr = 0; nr < 500; nr++)
		allowed += explain_allows(verdict_of(&f, nr));
	assert_int_equal(allowed, 4);
	assert_true(explain_allows(verdict_of(&f, SYS_read)));
	assert_true(explain_allows(verdict_of(&f, SYS_write)));
	assert_true(explain_allows(verdict_of(&f, SYS_exit)));
	assert_true(explain_allows(verdict_of(&f, SYS_rt_sigreturn)));
}

static void verdicts_in_words(void **state)
{
	char text[64];

	(void)state;
	explain_verdict(SECCOMP_RET_ERRNO | EACCES, text, sizeof(text));
	assert_string_equal(text, "answers EACCES");
	explain_verdict(SECCOMP_RET_ERRNO, text, sizeof(text));
	assert_string_equal(text, "answers 0, and does nothing");
	explain_verdict(SECCOMP_RET_USER_NOTIF, text, sizeof(text));
	assert_string_equal(text, "answers ENOSYS (it has no supervisor)");
	explain_verdict(SECCOMP_RET_LOG, text, sizeof(text));
	assert_string_equal(text, "logs it, and lets it go");
	explain_verdict(0x12340000, text, sizeof(text));
	assert_string_equal(text, "kills the process");
	/* kernel/seccomp.c: at most MAX_ERRNO. */
	assert_int_equal(explain_errno(SECCOMP_RET_ERRNO | 0xffff), 4095);
}

static void under_a_base(void **state)
{
	static struct filter base, f;

	(void)state;
	for (size_t i = 0; i < NVERDICTS; i++) {
		const struct sock_filter insns[] = {
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
				offsetof(struct seccomp_data, nr)),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_read, 0, 1),
			BPF_STMT(BPF_RET | BPF_K, verdicts[i].verdict),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		};
		/* It counts on accumulator and index being 0. */
		const struct sock_filter clear[] = {
			BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
			BPF_STMT(BPF_RET | BPF_K, TOLD),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		};

		memcpy(base.insns, insns, sizeof(insns));
		base.ninsns = 4;
		memcpy(f.insns, clear, sizeof(clear));
		f.ninsns = 4;
		assert_int_equal(explain_under(&base, &f), 0);
		assert_int_equal(verdict_of(&f, SYS_read),
			explain_allows(verdicts[i].verdict)
				? TOLD
				: verdicts[i].verdict);
		assert_int_equal(
			verdict_of(&f, SYS_write), SECCOMP_RET_ERRNO | EPERM);
	}
	f.ninsns = BPF_MAXINSNS - 5;
	assert_int_equal(explain_under(&base, &f), -E2BIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(under_a_base),
		cmocka_unit_test(constant_answers),
		cmocka_unit_test(computed_answers),
		cmocka_unit_test(some_calls_are_told),
		cmocka_unit_test(calls_of_32_bit_code),
		cmocka_unit_test(loads_are_told),
		cmocka_unit_test(strict_is_four_calls),
		cmocka_unit_test(verdicts_in_words),
	};

	return cmocka_run_group_tests_name("explain_filter", tests, NULL, NULL);
}
