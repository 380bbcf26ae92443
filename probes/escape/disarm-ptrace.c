/* SPDX-License-Identifier: MIT */
/*
 * escape/disarm-ptrace.c: PTRACE_O_SUSPEND_SECCOMP, made for checkpoint and
 * restore: a privileged tracer switches the filters of its tracee off.
 */
#include "probe.h"

#include <fcntl.h>
#include <linux/ptrace.h>

static volatile int *state; /* 1 seized, 2 failed */
static long leader;

static int tracer(void)
{
	int status;
	long ret = sys(
		__NR_ptrace, PTRACE_SEIZE, leader, 0, PTRACE_O_SUSPEND_SECCOMP);

	*state = ret ? 2 : 1;
	probe_wake(state, 1);
	/* A zombie's parent hears of it when the tracer has. */
	while (!ret &&
		sys(__NR_wait4, leader, &status, 0x40000000, 0) == leader &&
		(status & 0xff) == 0x7f)
		sys(__NR_ptrace, PTRACE_CONT, leader, 0, 0);
	return 0;
}

static int setup(void)
{
	state = probe_shared();
	leader = sys(__NR_getpid);
	if (!state || probe_partner(tracer) < 0)
		return ENOMEM;
	while (!*state)
		probe_wait(state, 0, -1);
	return *state == 1 ? 0 : EPERM;
}

static int run(void)
{
	long fd = sys(__NR_open, "outside/proof", O_CREAT | O_WRONLY, 0600);

	return fd < 0 ? (int)-fd : 0;
}

PROBE_RAW = {
	.about = "create a file while a tracer suspends the filter",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm strict",
	.has = "suspend_seccomp",
	.untraced = true,
	.expect = { { ESCAPES("file proof"),
		.why = "whoever may trace with "
		       "CAP_SYS_ADMIN rules over the filter" } },
	.covers = "seccomp_bpf/O_SUSPEND_SECCOMP.setoptions "
		  "seccomp_bpf/O_SUSPEND_SECCOMP.seize",
	.seen = { "https://man7.org/linux/man-pages/man2/ptrace.2.html",
		"linux: kernel/seccomp.c, __secure_computing" },
};
