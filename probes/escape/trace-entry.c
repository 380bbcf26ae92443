/* SPDX-License-Identifier: MIT */
/*
 * escape/trace-entry.c: a tracer that stops its tracee at each call turns an
 * allowed write into mkdir. The filter runs after that stop (since 4.8), and
 * sees what the kernel would do.
 */
#include "probe.h"

#include <linux/ptrace.h>
#include <linux/wait.h>

#ifdef __x86_64__
#define ORIG_AX (15 * 8)
#define ARG	(14 * 8)
#else
#define ORIG_AX (11 * 4)
#define ARG	0
#endif
#define SYSCALL_STOP (SIGTRAP | 0x80)

static const char path[] = "outside/proof";
static volatile int *ready;
static long leader;

static int tracer(void)
{
	long arg = 0, sig;
	int status;

	*ready = 1 + !!sys(__NR_ptrace, PTRACE_SEIZE, leader, 0,
			     PTRACE_O_TRACESYSGOOD);
	sys(__NR_ptrace, PTRACE_INTERRUPT, leader, 0, 0);
	probe_wake(ready, 1);
	while (sys(__NR_wait4, leader, &status, __WALL, 0) == leader &&
		(status & 0xff) == 0x7f) {
		sig = status >> 8;
		sys(__NR_ptrace, PTRACE_PEEKUSR, leader, ARG, &arg);
		if (sig == SYSCALL_STOP && arg == (long)path)
			sys(__NR_ptrace, PTRACE_POKEUSR, leader, ORIG_AX,
				__NR_mkdir);
		/* A SIGSYS that is not passed on would be as if it never came.
		 */
		sys(__NR_ptrace, PTRACE_SYSCALL, leader, 0,
			sig == SIGSYS ? SIGSYS : 0);
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
	long ret = sys(__NR_write, path, 0700, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "write under a tracer that turns it into mkdir at its entry",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.untraced = true,
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("?"), .why = "the filter has the last look" },
	},
	.seen = { "linux: kernel/entry/common.c, syscall_trace_enter",
		"https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
