/* SPDX-License-Identifier: MIT */
/*
 * escape/disarm-ptrace-filtered.c: a tracer that has a filter itself may not
 * switch another's off, or two sandboxed processes could free each other.
 */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/seccomp.h>

static struct sock_filter allow_all =
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
static const struct sock_fprog loose = { 1, &allow_all };
static volatile int *answer;
static long leader;

static int tracer(void)
{
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &loose);
	*answer = (int)sys(__NR_ptrace, PTRACE_SEIZE, leader, 0,
			  PTRACE_O_SUSPEND_SECCOMP) -
		  1;
	probe_wake(answer, 1);
	return 0;
}

static int setup(void)
{
	answer = probe_shared();
	leader = sys(__NR_getpid);
	return answer && probe_partner(tracer) > 0 ? 0 : ENOMEM;
}

static int run(void)
{
	while (!*answer)
		probe_wait(answer, 0, -1);
	CHECK(*answer == -EPERM - 1);
	return 0;
}

PROBE_RAW = {
	.about = "a filtered tracer tries to suspend the filter",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm",
	.has = "suspend_seccomp",
	.untraced = true,
	.expect = { { WORKS, .why = "the tracer gets EPERM" } },
	.covers = "seccomp_bpf/O_SUSPEND_SECCOMP.setoptions",
	.seen = { "linux: kernel/ptrace.c, check_ptrace_options" },
};
