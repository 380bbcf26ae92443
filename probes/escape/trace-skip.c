/* SPDX-License-Identifier: MIT */
/*
 * escape/trace-skip.c: the tracer answers in the kernel's place: number -1
 * skips the call, and what it puts into the register is the result, or the
 * error. It may write to the memory meanwhile, and let the call go on.
 */
#include "probe.h"

#include <linux/ptrace.h>
#include <linux/wait.h>

#ifdef __x86_64__
#define ORIG_AX (15 * 8)
#define AX	(10 * 8)
#else
#define ORIG_AX (11 * 4)
#define AX	(6 * 4)
#endif
#define SECCOMP_STOP (SIGTRAP << 8 | PTRACE_EVENT_SECCOMP << 16 | 0x7f)

enum { POKED = 0x1001 };

static volatile int *ready;
static volatile long poked;
static long leader;

static void answer(long nr)
{
	if (nr == __NR_gettid) {
		sys(__NR_ptrace, PTRACE_POKEDATA, leader, &poked, POKED);
		return;
	}
	sys(__NR_ptrace, PTRACE_POKEUSR, leader, ORIG_AX, -1);
	sys(__NR_ptrace, PTRACE_POKEUSR, leader, AX,
		nr == __NR_getppid ? 4711 : -ESRCH);
}

static int tracer(void)
{
	int status;
	long nr;

	*ready = 1 + !!sys(__NR_ptrace, PTRACE_SEIZE, leader, 0,
			     PTRACE_O_TRACESECCOMP);
	probe_wake(ready, 1);
	while (sys(__NR_wait4, leader, &status, __WALL, 0) == leader &&
		(status & 0xff) == 0x7f) {
		if (status == SECCOMP_STOP) {
			sys(__NR_ptrace, PTRACE_PEEKUSR, leader, ORIG_AX, &nr);
			answer(nr);
		}
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
	long ret = sys(__NR_getppid);

	CHECK(probe_unfiltered() ? ret > 0 : ret == 4711);
	ret = sys(__NR_getpgrp);
	CHECK(probe_unfiltered() ? ret >= 0 : ret == -ESRCH);
	CHECK(sys(__NR_gettid) > 0);
	CHECK(probe_unfiltered() || poked == POKED);
	return 0;
}

PROBE_RAW = {
	.about = "three calls under a tracer that answers 4711, ESRCH, and "
		 "writes "
		 "to memory",
	.setup = setup,
	.run = run,
	.under = "four-trace",
	.untraced = true,
	.expect = { { WORKS } },
	.covers = "seccomp_bpf/TRACE_poke "
		  "seccomp_bpf/TRACE_syscall.syscall_errno "
		  "seccomp_bpf/TRACE_syscall.syscall_faked",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
