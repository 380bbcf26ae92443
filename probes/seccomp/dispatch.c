/* SPDX-License-Identifier: MIT */
/*
 * seccomp/dispatch.c: syscall user dispatch beside a filter: it goes first, so
 * that a call which the filter would kill is a SIGSYS that is handled.
 */
#include "filters.h"

enum { ON = 1, RIGHT = 7, BY_DISPATCH = 2 /* SYS_USER_DISPATCH */ };

static volatile unsigned char selector; /* 0: let through, 1: block */

static void handler(int sig, siginfo_t *info, void *context)
{
	bool right = sig == SIGSYS && info->si_code == BY_DISPATCH &&
		     info->si_syscall == TRIED;

	(void)context;
	selector = 0;
	for (;;)
		sys(__NR_exit_group, right ? RIGHT : 8);
}

static long dispatch(long on, long from, long length, const volatile void *by)
{
	return sys(__NR_prctl, 59 /* PR_SET_SYSCALL_USER_DISPATCH */, on, from,
		length, by);
}

static int beside(long action)
{
	filter_handle(SIGSYS, handler);
	if (dispatch(ON, 0, 0, &selector) || filter_answer((uint32_t)action, 0))
		return 1;
	selector = 1;
	sys(TRIED);
	selector = 0;
	return 2;
}

static int let_through(long unused)
{
	(void)unused;
	if (dispatch(ON, 0, 0, &selector) ||
		filter_answer(SECCOMP_RET_ERRNO | 7, 0))
		return 1;
	return sys(TRIED) != -7;
}

static int run(void)
{
	CHECK(dispatch(0, 1, 0, NULL) == -EINVAL);
	CHECK(dispatch(0, 0, 1, NULL) == -EINVAL);
	CHECK(dispatch(0, 0, 0, &selector) == -EINVAL);
	CHECK(dispatch(99, 0, 0, &selector) == -EINVAL);
	CHECK(dispatch(ON, 1, 0, &selector) == -EINVAL);
	CHECK(dispatch(ON, -1, 2, &selector) == -EINVAL);
	CHECK(dispatch(ON, 0, 0, (void *)-4096) == -EFAULT);
	CHECK(filter_child(beside, (long)SECCOMP_RET_KILL_PROCESS) ==
		FILTER_EXITED(RIGHT));
	CHECK(filter_child(beside, SECCOMP_RET_ERRNO | 9) ==
		FILTER_EXITED(RIGHT));
	CHECK(filter_child(let_through, 0) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "block a call by syscall user dispatch that a filter kills, and "
		 "let one through",
	.run = run,
	.under = "four-process four+prctl",
	.flavours = "raw glibc",
	.has = "user_dispatch",
	.expect = {
		{ DIES("clone"), .under = "four+prctl", .why = "whoever has "
			"prctl can see its refused calls before the filter "
			"does; it gains nothing that way" },
		{ DIES("prctl") },
	},
	.covers = "seccomp_bpf/sud_test.dispatch_trigger_sigsys "
		  "seccomp_bpf/sud_test.bad_prctl_param "
		  "seccomp_bpf/sud_test.dispatch_and_return",
	.seen = { "https://docs.kernel.org/admin-guide/syscall-user-dispatch.html",
		"Linux kernel/entry/common.c, syscall_trace_enter" },
};
