/* SPDX-License-Identifier: MIT */
/*
 * escape/trace-recheck.c: the same tracer, and an older filter that refuses
 * mkdir: since 4.8 the changed call passes all filters again.
 */
#include "probe.h"

#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/ptrace.h>
#include <linux/seccomp.h>
#include <linux/wait.h>

#ifdef __x86_64__
#define ORIG_AX (15 * 8)
#else
#define ORIG_AX (11 * 4)
#endif
#define SECCOMP_STOP (SIGTRAP << 8 | PTRACE_EVENT_SECCOMP << 16 | 0x7f)

static struct sock_filter no_mkdir[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mkdir, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};
static const struct sock_fprog older = { 4, no_mkdir };
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
	sys(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)-sys(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &older);
}

static int run(void)
{
	long ret = sys(__NR_getpid, "outside/proof", 0700);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "the tracer's mkdir meets an older filter that refuses it",
	.setup = setup,
	.run = run,
	.under = "four-trace",
	.untraced = true,
	.expect = { { FAILS(EACCES), .why = "a call changed by the tracer is "
					    "checked again by all filters" } },
	.covers = "seccomp_bpf/TRACE_syscall.kill_after",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"linux: kernel/seccomp.c, __seccomp_filter" },
};
