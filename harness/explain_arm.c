/* SPDX-License-Identifier: MIT */
/* explain_arm.c: the moment at which the filter is loaded. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>

#include "explain_filter.h"
#include "explain_int.h"
#include "inject.h"

static int build(struct explain_run *run, uint32_t arch)
{
	struct profile_error err;

	if (profile_build(run->plan->profile, arch, &run->filter, &err)) {
		run_broken(run, "%s", err.text);
		return -1;
	}
	if (run->filter.mode == PROFILE_STRICT && run->mode == EXPLAIN_LET)
		explain_strict(arch, &run->filter);
	return 0;
}

static int load(struct explain_run *run, pid_t tid)
{
	static struct profile_bpf told;
	int ret;

	if (run->filter.mode != PROFILE_FILTER)
		return inject_filter(tid, &run->filter);
	ret = explain_filter(&run->filter, run->mode, &told);
	/* All threads. Nobody listens: a listener would be the program's. */
	told.flags |= SECCOMP_FILTER_FLAG_TSYNC;
	told.flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_NEW_LISTENER;
	return ret ? ret : inject_filter(tid, &told);
}

int run_arm(struct explain_run *run, struct run_task *task)
{
	struct user_regs_struct regs;
	int ret;

	run->phase = RUN_ARMED;
	if (run->mode == EXPLAIN_BARE)
		return 0;
	if (ptrace(PTRACE_GETREGS, task->tid, 0, &regs))
		return 0; /* it was killed meanwhile */
	if (build(run, regs.cs == 0x23 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64))
		return -1;
	ret = load(run, task->tid);
	if (ret) {
		run_broken(run, "cannot load the filter: %s", strerror(-ret));
		return -1;
	}
	run->seen->armed = true;
	return 0;
}
