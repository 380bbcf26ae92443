/* SPDX-License-Identifier: MIT */
/*
 * escape/trace-change.c: where the filter says "ask the tracer", the tracer
 * is the policy: it turns getpid into mkdir.
 */
#include "probe.h"

#include <linux/ptrace.h>
#include <linux/wait.h>

#ifdef __x86_64__
#define ORIG_AX (15 * 8)
#else
#define ORIG_AX (11 * 4)
#endif
#define SECCOMP_STOP (SIGTRAP << 8 | PTRACE_EVENT_SECCOMP << 16 | 0x7f)

static volatile int *ready;
static long leader;

static int tracer(void)
{
	int status;

	*ready = 1 + !!sys(__NR_ptrace, PTRACE_SEIZE, leader, 0,
			     PTRACE_O_TRACESECCOMP);
	probe_wake(ready, 1);
	while (sys(__NR_wait4, leader, &status, __WALL, 0) == leader &&
		(status & 0xff) == 0x7f) {
		if (status == SECCOMP_STOP)
			sys(__NR_ptrace, PTRACE_POKEUSR, leader, ORIG_AX,
				__NR_mkdir);
		sys(__NR_ptrace, PTRACE_CONT, leader, 0, 0);
	}
	return 0;
}

static int setup(void)
{
	ready = probe_shared();
	leader = sys(__NR_getpid);
	if (!ready || probe_partner(tracer) < 0)
		return ENOMEM;
	while (!*ready)
		probe_wait(ready, 0, -1);
	return *ready == 1 ? 0 : EPERM;
}

static int run(void)
{
	long ret = sys(__NR_getpid, "outside/proof", 0700);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "call getpid under a tracer that turns it into mkdir",
	.setup = setup,
	.run = run,
	.under = "four-trace four four-eperm",
	.untraced = true,
	.expect = {
		{ ESCAPES("file proof"), .under = "four-trace", .why = "the "
			"changed call is filtered again, but `trace` counts as "
			"answered the second time" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ DIES("?"), .why = "the kill action does not ask" },
	},
	.covers = "seccomp_bpf/TRACE_syscall.kill_immediate "
		  "seccomp_bpf/TRACE_syscall.syscall_redirected",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/seccomp.c, __seccomp_filter" },
};
