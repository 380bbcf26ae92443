/* SPDX-License-Identifier: MIT */
/* arm.c: the moment at which the filter is loaded. */
#include "explain/arm.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explain/alarm.h"
#include "explain/breakpoint.h"
#include "explain/filter.h"
#include "explain/tasks.h"
#include "explain/untraced.h"
#include "profile/profile.h"
#include "sys/bpf.h"
#include "sys/code.h"
#include "sys/clock.h"
#include "sys/inject.h"
#include "sys/proc.h"
#include "sys/regs.h"
#include "sys/tracing.h"

static int build(struct pass *pass, const struct profile *profile,
	uint32_t arch, struct filter *filter)
{
	struct profile_error err;

	if (profile_build(profile, arch, filter, &err)) {
		pass_broken(pass, "%s", err.text);
		return -1;
	}
	if (filter->mode == FILTER_STRICT && pass->mode == EXPLAIN_LET)
		explain_strict(arch, filter);
	return 0;
}

static int put_base(struct pass *pass, uint32_t arch, struct filter *told)
{
	static struct filter base;

	if (!pass->plan->base)
		return 0;
	if (build(pass, pass->plan->base, arch, &base))
		return -EINVAL;
	return explain_under(&base, told);
}

static int load(
	struct pass *pass, pid_t tid, uint32_t arch, struct filter *filter)
{
	static struct filter told;
	int ret, no;

	if (filter->mode != FILTER_BPF)
		return inject_filter(tid, filter);
	no = pass_keep_filter(pass, filter);
	if (no < 0)
		return -ENOMEM;
	ret = explain_filter(filter, pass->mode, explain_tell(no), &told);
	if (ret)
		return ret;
	if (!explain_mark_calls(&told, arch) ||
		access("/proc/self/timers", F_OK))
		pass->timers_seen = false;
	ret = put_base(pass, arch, &told);
	if (ret)
		return ret;
	/* Nobody listens: a listener would be the program's. */
	told.flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_NEW_LISTENER;
	told.flags |= SECCOMP_FILTER_FLAG_TSYNC;
	ret = inject_filter(tid, &told);
	if (ret != -ESRCH)
		return ret;
	told.flags &= ~(uint32_t)SECCOMP_FILTER_FLAG_TSYNC;
	snprintf(pass->seen->uncovered, sizeof(pass->seen->uncovered),
		"threads of the process that have filters of their own");
	return inject_filter(tid, &told);
}

/* Processes that were there before the moment. */
static void note_uncovered(struct pass *pass, const struct pass_task *task)
{
	const struct pass_process *p;
	int n = 0;

	for (p = pass->processes; p; p = p->next)
		n += p != task->process;
	if (n)
		snprintf(pass->seen->uncovered, sizeof(pass->seen->uncovered),
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

static bool handles_signals(pid_t tid)
{
	unsigned long caught;
	char status[4096];

	proc_read(status, sizeof(status), "%d/status", tid);
	return proc_number(status, "SigCgt", 16, &caught) && caught;
}

static void arm(struct pass *pass, struct pass_task *task)
{
	static struct filter filter;
	struct regs regs;
	uint32_t arch;
	int ret;

	pass->phase = PASS_ARMED;
	pass->seen->armed = true;
	pass->seen->armed_us = clock_us() - pass->start;
	pass->seen->handles = handles_signals(task->tid);
	/* When that fails it was killed meanwhile. */
	if ((pass->mode == EXPLAIN_BARE && !pass->plan->untraced) ||
		regs_get(task->tid, &regs))
		return;
	if (pass->plan->untraced && !pass_is_alone(pass, task)) {
		pass_broken(pass, "--untraced: it has more than one thread or "
				  "process at that moment: try an earlier one");
		return;
	}
	arch = regs_arch(&regs);
	pass->seen->arch = arch;
	if (build(pass, pass->plan->profile, arch, &filter))
		return;
	pass->timers_impossible = pass->mode == EXPLAIN_REAL &&
				  pass->plan->moment->when == WHEN_EXEC &&
				  profile_refuses_timers(&filter, arch);
	/* Those of before are asked for; POSIX timers the kernel shows. */
	pass->timers_seen = filter.mode == FILTER_BPF &&
			    !pass->plan->untraced && pass_alarm_ask(task);
	note_uncovered(pass, task);
	pass->seen->none_allowed = allows_none(&filter, arch);
	pass->seen->other_shut = allows_none(&filter, ARCH_OTHER(arch));
	ret = pass->plan->untraced ? pass_load_untraced(pass, task, &filter)
				   : load(pass, task->tid, arch, &filter);
	if (ret)
		pass_broken(pass, "cannot load the filter: %s", strerror(-ret));
	if (!pass->untraced)
		pass->filters_then = proc_status(task->tid, "Seccomp_filters");
}

static void break_at(struct pass *pass, struct pass_task *task, uint64_t at,
	enum pass_phase phase)
{
	const struct explain_moment *m = pass->plan->moment;
	const char *name = m->when == WHEN_MAIN ? "main" : m->name;

	if (!at)
		pass_broken(pass,
			"%s: no such function in the program%s; try "
			"--arm first-read or syscall:NAME",
			name,
			m->when == WHEN_MAIN ? ", which has no symbols and "
					       "does not start as C does"
					     : " or its libraries");
	else if (pass_break_set(&pass->stop, task->tid, at))
		pass_broken(pass, "%s: cannot set a breakpoint", name);
	pass->phase = phase;
}

static void arm_self(struct pass *pass, struct pass_task *task)
{
	static struct filter watch;
	struct regs regs;
	int ret;

	pass->phase = PASS_ARMED;
	if (regs_get(task->tid, &regs))
		return;
	task->privs_shut = proc_status(task->tid, "NoNewPrivs") == 1;
	explain_mark_loads(&watch);
	pass->timers_seen = pass->mode != EXPLAIN_BARE &&
			    explain_mark_calls(&watch, regs_arch(&regs)) &&
			    pass_alarm_ask(task);
	ret = pass->mode == EXPLAIN_BARE ? 0 : inject_filter(task->tid, &watch);
	if (ret)
		pass_broken(
			pass, "cannot watch for filters: %s", strerror(-ret));
	pass->shut_by_us =
		!task->privs_shut && proc_status(task->tid, "NoNewPrivs") == 1;
}

void pass_arm_exec(struct pass *pass, struct pass_task *task)
{
	uint64_t main;

	switch (pass->plan->moment->when) {
	case WHEN_EXEC:
		arm(pass, task);
		return;
	case WHEN_MAIN:
		main = pass_symbol(task->tid, "main", true);
		if (!main)
			main = pass_symbol(
				task->tid, "main.main", true); /* Go */
		if (main)
			break_at(pass, task, main, PASS_BREAK);
		else
			break_at(pass, task, pass_entry(task->tid), PASS_ENTRY);
		return;
	case WHEN_SYMBOL:
		break_at(pass, task, pass_entry(task->tid), PASS_ENTRY);
		return;
	case WHEN_READ:
	case WHEN_CALL:
		pass->phase = PASS_CALLS;
		return;
	case WHEN_AFTER:
		pass->phase = PASS_WAIT;
		return;
	case WHEN_SELF:
		arm_self(pass, task);
		return;
	}
}

bool pass_arm_trap(struct pass *pass, struct pass_task *task)
{
	const struct explain_moment *m = pass->plan->moment;
	struct regs regs;

	if (!pass->stop.at || regs_get(task->tid, &regs) ||
		regs_ip(&regs) != pass->stop.at + CODE_BREAK)
		return false;
	/* A fork of it has the breakpoint too; one of vfork has its memory. */
	if (task->process->no != 0) {
		pass_break_pass(&pass->stop, task->tid);
		return true;
	}
	pass_break_clear(&pass->stop, task->tid);
	if (pass->phase == PASS_ENTRY)
		break_at(pass, task,
			m->when == WHEN_MAIN
				? pass_follow_to_main(task->tid)
				: pass_symbol(task->tid, m->name, false),
			PASS_BREAK);
	else if (pass->phase == PASS_BREAK)
		arm(pass, task);
	return true;
}

/*
 * The call is not made: its number is taken away at its entry, and put back at
 * its return, with the instruction pointer before the instruction.
 */
static void skip(struct pass *pass, struct pass_task *task)
{
	struct regs regs;

	if (regs_get(task->tid, &regs))
		return;
	task->again = regs_call_nr(&regs);
	regs_skip_call(&regs, -ENOSYS);
	regs_set(task->tid, &regs);
	pass->phase = PASS_SKIP;
}

static void make_again(struct pass *pass, struct pass_task *task)
{
	struct regs regs;

	if (!regs_get(task->tid, &regs)) {
		regs_make_again(&regs, task->again);
		regs_set(task->tid, &regs);
	}
	task->again = -1;
	arm(pass, task);
}

/* A process may have put something else in its place. */
static bool has_our_input(const struct pass *pass, pid_t tid)
{
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/0", tid);
	return !stat(path, &st) && st.st_dev == pass->io.dev &&
	       st.st_ino == pass->io.ino;
}

void pass_arm_call(struct pass *pass, struct pass_task *task)
{
	struct __ptrace_syscall_info info = { 0 };
	uint64_t args[6];

	if (task->again >= 0) {
		make_again(pass, task);
		return;
	}
	if (pass->phase != PASS_CALLS ||
		tracing(PTRACE_GET_SYSCALL_INFO, task->tid, sizeof(info),
			&info) <= 0 ||
		info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return;
	for (int i = 0; i < 6; i++)
		args[i] = info.entry.args[i];
	if (explain_moment_is(pass->plan->moment, info.arch, (int)info.entry.nr,
		    args, &pass->calls) &&
		(pass->plan->moment->when != WHEN_READ ||
			has_our_input(pass, task->tid)))
		skip(pass, task);
}

/*
 * A wait with a time-out that is interrupted goes on by restart_syscall, which
 * the filter may refuse though the program never makes it: the call is made
 * anew instead, with its time-out from the beginning.
 */
void pass_arm_halt(struct pass *pass, struct pass_task *task)
{
	struct regs regs;

	if (pass->phase != PASS_HALT || task->process->no != 0)
		return;
	if (!regs_get(task->tid, &regs) && regs_is_interrupted(&regs)) {
		regs_make_anew(&regs);
		regs_set(task->tid, &regs);
	}
	arm(pass, task);
}

void pass_arm_tick(struct pass *pass)
{
	uint64_t after = (uint64_t)pass->plan->moment->n * 1000;

	if (pass->phase != PASS_WAIT || clock_us() - pass->start < after)
		return;
	for (int i = 0; i < PASS_BUCKETS; i++)
		for (struct pass_task *t = pass->tasks[i]; t; t = t->next)
			if (t->process->no == 0 &&
				proc_state(t->process->pid, t->tid) != 'Z' &&
				!tracing(PTRACE_INTERRUPT, t->tid, 0, 0)) {
				pass->phase = PASS_HALT;
				return;
			}
}

bool pass_arm_watches(const struct pass *pass, const struct pass_task *task)
{
	return task->patch || pass->phase == PASS_EXECED ||
	       pass->phase == PASS_CALLS ||
	       (pass->phase == PASS_SKIP && task->again >= 0) ||
	       (pass->phase == PASS_ARMED && pass->plan->answers);
}
