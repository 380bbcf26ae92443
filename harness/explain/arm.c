/* SPDX-License-Identifier: MIT */
/* arm.c: the moment at which the filter is loaded. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/bpf.h"
#include "explain/filter.h"
#include "explain/pass.h"
#include "sys/inject.h"
#include "sys/proc.h"
#include "profile/profile.h"

/* Kernel-internal: include/linux/errno.h. */
#define ERESTARTNOINTR	      513
#define ERESTART_RESTARTBLOCK 516

/* Of a verdict that is computed nobody knows. */
static bool may_log(const struct filter *f)
{
	for (size_t i = 0; i < f->ninsns; i++)
		if (f->insns[i].code == (BPF_RET | BPF_A) ||
			(f->insns[i].code == (BPF_RET | BPF_K) &&
				(f->insns[i].k & SECCOMP_RET_ACTION_FULL) ==
					SECCOMP_RET_LOG))
			return true;
	return false;
}

int run_keep_filter(struct explain_run *run, const struct filter *bpf)
{
	struct filter *copy;

	if (run->nfilters == RUN_FILTERS)
		return -1;
	copy = malloc(sizeof(*copy));
	if (!copy)
		return -1;
	*copy = *bpf;
	run->seen->logs = run->seen->logs || may_log(bpf);
	run->filters[run->nfilters] = copy;
	return run->nfilters++;
}

static int build(struct explain_run *run, const struct profile *profile,
	uint32_t arch, struct filter *filter)
{
	struct profile_error err;

	if (profile_build(profile, arch, filter, &err)) {
		run_broken(run, "%s", err.text);
		return -1;
	}
	if (filter->mode == FILTER_STRICT && run->mode == EXPLAIN_LET)
		explain_strict(arch, filter);
	return 0;
}

static int put_base(struct explain_run *run, uint32_t arch, struct filter *told)
{
	static struct filter base;

	if (!run->plan->base)
		return 0;
	if (build(run, run->plan->base, arch, &base))
		return -EINVAL;
	return explain_under(&base, told);
}

static int load(struct explain_run *run, pid_t tid, uint32_t arch,
	struct filter *filter)
{
	static struct filter told;
	int ret, no;

	if (filter->mode != FILTER_BPF)
		return inject_filter(tid, filter);
	no = run_keep_filter(run, filter);
	if (no < 0)
		return -ENOMEM;
	ret = explain_filter(filter, run->mode, explain_tell(no), &told);
	if (ret)
		return ret;
	if (!explain_watch(&told, arch) || access("/proc/self/timers", F_OK))
		run->timers_seen = false;
	ret = put_base(run, arch, &told);
	if (ret)
		return ret;
	/* Nobody listens: a listener would be the program's. */
	told.flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_NEW_LISTENER;
	told.flags |= SECCOMP_FILTER_FLAG_TSYNC;
	ret = inject_filter(tid, &told);
	if (ret != -ESRCH)
		return ret;
	told.flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_TSYNC;
	snprintf(run->seen->uncovered, sizeof(run->seen->uncovered),
		"threads of the process that have filters of their own");
	return inject_filter(tid, &told);
}

/* Processes that were there before the moment. */
static void note_uncovered(struct explain_run *run, const struct run_task *task)
{
	const struct run_process *p;
	int n = 0;

	for (p = run->processes; p; p = p->next)
		n += p != task->process;
	if (n)
		snprintf(run->seen->uncovered, sizeof(run->seen->uncovered),
			"%d process%s that had been started before", n,
			n == 1 ? "" : "es");
}

/* Is every call refused, whatever its arguments? As with a profile that does
 * not name the program's architecture. */
static bool allows_none(const struct filter *f, uint32_t arch)
{
	uint32_t verdict;

	if (f->mode != FILTER_BPF)
		return false;
	for (int nr = 0; nr < 512; nr++)
		if (!bpf_verdict(f->insns, f->ninsns, arch, nr, &verdict) ||
			explain_allows(verdict))
			return false;
	return true;
}

static uint32_t arch_of(const struct user_regs_struct *regs)
{
	return regs->cs == 0x23 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64;
}

static void arm(struct explain_run *run, struct run_task *task)
{
	static struct filter filter;
	struct user_regs_struct regs;
	uint32_t arch;
	int ret;

	run->phase = RUN_ARMED;
	run->seen->armed = true;
	run->seen->armed_us = run_now() - run->start;
	/* When that fails it was killed meanwhile. */
	if ((run->mode == EXPLAIN_BARE && !run->plan->untraced) ||
		ptrace(PTRACE_GETREGS, task->tid, 0, &regs))
		return;
	if (run->plan->untraced && !run_is_alone(run, task)) {
		run_broken(run, "--untraced: it has more than one thread or "
				"process at that moment: try an earlier one");
		return;
	}
	arch = arch_of(&regs);
	run->seen->arch = arch;
	if (build(run, run->plan->profile, arch, &filter))
		return;
	run->timers_impossible = run->mode == EXPLAIN_REAL &&
				 run->plan->moment->when == WHEN_EXEC &&
				 profile_refuses_timers(&filter, arch);
	/* Those of before are asked for; POSIX timers the kernel shows. */
	run->timers_seen = filter.mode == FILTER_BPF && !run->plan->untraced &&
			   run_alarm_ask(task);
	note_uncovered(run, task);
	run->seen->none_allowed = allows_none(&filter, arch);
	run->seen->other_shut = allows_none(&filter,
		arch == AUDIT_ARCH_I386 ? AUDIT_ARCH_X86_64 : AUDIT_ARCH_I386);
	ret = run->plan->untraced ? run_load_untraced(run, task, &filter)
				  : load(run, task->tid, arch, &filter);
	if (ret)
		run_broken(run, "cannot load the filter: %s", strerror(-ret));
	if (!run->untraced)
		run->filters_then = proc_status(task->tid, "Seccomp_filters");
}

static void break_at(struct explain_run *run, struct run_task *task,
	uint64_t at, enum run_phase phase)
{
	const struct explain_moment *m = run->plan->moment;
	const char *name = m->when == WHEN_MAIN ? "main" : m->name;

	if (!at)
		run_broken(run,
			"%s: no such function in the program%s; try "
			"--arm first-read or syscall:NAME",
			name,
			m->when == WHEN_MAIN ? ", which has no symbols and "
					       "does not start as C does"
					     : " or its libraries");
	else if (run_break_set(&run->stop, task->tid, at))
		run_broken(run, "%s: cannot set a breakpoint", name);
	run->phase = phase;
}

static void arm_self(struct explain_run *run, struct run_task *task)
{
	static struct filter watch;
	struct user_regs_struct regs;
	int ret;

	run->phase = RUN_ARMED;
	if (ptrace(PTRACE_GETREGS, task->tid, 0, &regs))
		return;
	run_self_filter(run, &watch);
	run->timers_seen = run->mode != EXPLAIN_BARE &&
			   explain_watch(&watch, arch_of(&regs)) &&
			   run_alarm_ask(task);
	ret = run->mode == EXPLAIN_BARE ? 0 : inject_filter(task->tid, &watch);
	if (ret)
		run_broken(run, "cannot watch for filters: %s", strerror(-ret));
}

void run_arm_exec(struct explain_run *run, struct run_task *task)
{
	uint64_t main;

	switch (run->plan->moment->when) {
	case WHEN_EXEC:
		arm(run, task);
		return;
	case WHEN_MAIN:
		main = run_symbol(task->tid, "main", true);
		if (!main)
			main = run_symbol(
				task->tid, "main.main", true); /* Go */
		if (main)
			break_at(run, task, main, RUN_BREAK);
		else
			break_at(run, task, run_entry(task->tid), RUN_ENTRY);
		return;
	case WHEN_SYMBOL:
		break_at(run, task, run_entry(task->tid), RUN_ENTRY);
		return;
	case WHEN_READ:
	case WHEN_CALL:
		run->phase = RUN_CALLS;
		return;
	case WHEN_AFTER:
		run->phase = RUN_WAIT;
		return;
	case WHEN_SELF:
		arm_self(run, task);
		return;
	}
}

bool run_arm_trap(struct explain_run *run, struct run_task *task)
{
	const struct explain_moment *m = run->plan->moment;
	struct user_regs_struct regs;

	if (!run->stop.at || ptrace(PTRACE_GETREGS, task->tid, 0, &regs) ||
		regs.rip != run->stop.at + 1)
		return false;
	/* A fork of it has the breakpoint too; one of vfork has its memory. */
	if (task->process->no != 0) {
		run_break_pass(&run->stop, task->tid);
		return true;
	}
	run_break_clear(&run->stop, task->tid);
	if (run->phase == RUN_ENTRY)
		break_at(run, task,
			m->when == WHEN_MAIN
				? run_follow_to_main(task->tid)
				: run_symbol(task->tid, m->name, false),
			RUN_BREAK);
	else if (run->phase == RUN_BREAK)
		arm(run, task);
	return true;
}

/*
 * The call is not made: its number is taken away at its entry, and put back at
 * its return, with the instruction pointer before the instruction.
 */
static void skip(struct explain_run *run, struct run_task *task)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, task->tid, 0, &regs))
		return;
	task->again = (int)regs.orig_rax;
	regs.orig_rax = (unsigned long)-1;
	ptrace(PTRACE_SETREGS, task->tid, 0, &regs);
	run->phase = RUN_SKIP;
}

static void make_again(struct explain_run *run, struct run_task *task)
{
	struct user_regs_struct regs;

	if (!ptrace(PTRACE_GETREGS, task->tid, 0, &regs)) {
		regs.rax = (unsigned long)task->again;
		/* syscall and int 0x80 are two bytes each. */
		regs.rip -= 2;
		ptrace(PTRACE_SETREGS, task->tid, 0, &regs);
	}
	task->again = -1;
	arm(run, task);
}

/* A process may have put something else in its place. */
static bool has_our_input(const struct explain_run *run, pid_t tid)
{
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/0", tid);
	return !stat(path, &st) && st.st_dev == run->io.dev &&
	       st.st_ino == run->io.ino;
}

void run_arm_call(struct explain_run *run, struct run_task *task)
{
	struct __ptrace_syscall_info info = { 0 };
	uint64_t args[6];

	if (task->again >= 0) {
		make_again(run, task);
		return;
	}
	if (run->phase != RUN_CALLS ||
		ptrace(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info),
			&info) <= 0 ||
		info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	for (int i = 0; i < 6; i++)
		args[i] = info.entry.args[i];
	if (explain_moment_is(run->plan->moment, info.arch, (int)info.entry.nr,
		    args, &run->calls) &&
		(run->plan->moment->when != WHEN_READ ||
			has_our_input(run, task->tid)))
		skip(run, task);
}

/*
 * A wait with a time-out that is interrupted goes on by restart_syscall, which
 * the filter may refuse though the program never makes it: the call is made
 * anew instead, with its time-out from the beginning.
 */
void run_arm_halt(struct explain_run *run, struct run_task *task)
{
	struct user_regs_struct regs;

	if (run->phase != RUN_HALT || task->process->no != 0)
		return;
	if (!ptrace(PTRACE_GETREGS, task->tid, 0, &regs) &&
		(long)regs.orig_rax >= 0 &&
		(int)regs.rax == -ERESTART_RESTARTBLOCK) {
		regs.rax = (unsigned long)-ERESTARTNOINTR;
		ptrace(PTRACE_SETREGS, task->tid, 0, &regs);
	}
	arm(run, task);
}

void run_arm_tick(struct explain_run *run)
{
	uint64_t after = (uint64_t)run->plan->moment->n * 1000;

	if (run->phase != RUN_WAIT || run_now() - run->start < after)
		return;
	for (int i = 0; i < RUN_BUCKETS; i++)
		for (struct run_task *t = run->tasks[i]; t; t = t->next)
			if (t->process->no == 0 &&
				proc_state(t->process->pid, t->tid) != 'Z' &&
				!ptrace(PTRACE_INTERRUPT, t->tid, 0, 0)) {
				run->phase = RUN_HALT;
				return;
			}
}

bool run_arm_watches(const struct explain_run *run, const struct run_task *task)
{
	return task->patch || run->phase == RUN_EXECED ||
	       run->phase == RUN_CALLS ||
	       (run->phase == RUN_SKIP && task->again >= 0);
}
