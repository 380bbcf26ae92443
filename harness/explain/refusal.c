/* SPDX-License-Identifier: MIT */
/* refusal.c: what a stopped thread tells of a refusal. */
#include "explain/refusal.h"

#include <errno.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>

#include "explain/filter.h"
#include "explain/places.h"
#include "explain/tasks.h"
#include "explain/wakes.h"
#include "sys/bpf.h"
#include "sys/calls.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "sys/refused.h"
#include "sys/tracing.h"

static struct explain_refusal refusal_of(
	struct pass *pass, const struct pass_task *task)
{
	return (struct explain_refusal){
		.tid = task->tid,
		.process = task->process->no,
		.thread = task->no,
		.image = task->process->image,
		.us = clock_us() - pass->start,
	};
}

/*
 * What the filters say to the call, on paper: the same programs, the same words
 * that the kernel gave them. Of several, the strongest counts, and of equals
 * the newest (kernel/seccomp.c, seccomp_run_filters).
 */
static uint32_t verdict_of(const struct pass *pass, uint64_t filters,
	const struct explain_refusal *r)
{
	struct seccomp_data data = {
		.nr = r->nr,
		.arch = r->arch,
		.instruction_pointer = r->ip,
	};
	uint32_t verdict = SECCOMP_RET_ALLOW;

	for (int i = 0; i < 6; i++)
		data.args[i] = r->args[i];
	for (int i = pass->nfilters; i-- > 0;) {
		uint32_t v;

		if (!(filters >> i & 1))
			continue;
		v = bpf_run(pass->filters[i]->insns, pass->filters[i]->ninsns,
			&data);
		if ((int32_t)(v & SECCOMP_RET_ACTION_FULL) <
			(int32_t)(verdict & SECCOMP_RET_ACTION_FULL))
			verdict = v;
	}
	return verdict;
}

/* Those on TASK: where they are not its own, ours. */
static uint64_t filters_on(
	const struct pass *pass, const struct pass_task *task)
{
	return pass->plan->moment->when == WHEN_SELF ? task->filters
						     : UINT64_MAX;
}

void pass_answer(pid_t tid, long value)
{
	struct regs regs;

	if (regs_get(tid, &regs))
		return;
	regs_skip_call(&regs, value);
	regs_set(tid, &regs);
}

static struct explain_place *note(
	struct pass *pass, const struct explain_refusal *r)
{
	const struct explain_plan *plan = pass->plan;
	struct stack_cache *stacks = plan->plain ? NULL : plan->stacks;
	struct explain_place *p;

	if (explain_allows(r->verdict))
		return explain_places_add(&pass->seen->logged, stacks, r);
	p = explain_places_add(&pass->seen->places, stacks, r);
	pass->in_a_row = p && p == pass->again ? pass->in_a_row + 1 : 1;
	pass->again = p;
	if (plan->told)
		plan->told(plan->to, r, p);
	return p;
}

static bool is_call(uint32_t arch, int nr, const char *name)
{
	char call[32];

	calls_name(arch, nr, call, sizeof(call));
	return !strcmp(call, name);
}

/* Whom nobody traces the filter answers in another way (ENOSYS where we answer
 * for it), and it is not seen. */
static void clear_untraced(pid_t tid, uint32_t arch)
{
	struct regs regs;
	unsigned long long *flags;

	if (regs_get(tid, &regs))
		return;
	flags = regs_arg(&regs, arch, 0);
	if (!(*flags & CLONE_UNTRACED))
		return;
	*flags &= ~(unsigned long long)CLONE_UNTRACED;
	regs_set(tid, &regs);
}

void pass_keep_traced(struct pass *pass, const struct pass_task *task,
	const struct __ptrace_syscall_info *info)
{
	int nr = (int)info->seccomp.nr;

	if (is_call(info->arch, nr, "clone"))
		clear_untraced(task->tid, info->arch);
	if (is_call(info->arch, nr, "ptrace"))
		pass->seen->ptraces = true;
}

bool pass_on_refusal(struct pass *pass, const struct pass_task *task,
	const struct __ptrace_syscall_info *info)
{
	struct explain_refusal r = refusal_of(pass, task);
	const struct explain_place *place;
	int no = (int)(info->seccomp.ret_data - EXPLAIN_MARK);

	r.arch = info->arch;
	r.nr = (int)info->seccomp.nr;
	r.ip = info->instruction_pointer;
	r.sp = info->stack_pointer;
	for (int i = 0; i < 6; i++)
		r.args[i] = info->seccomp.args[i];
	/* The mark is of the newest that tells us; what counts is the
	 * strongest of what they all say as they were written. */
	if (no >= 0 && no < pass->nfilters)
		r.verdict = verdict_of(
			pass, filters_on(pass, task) | 1ULL << no, &r);
	if (no < 0 || no >= pass->nfilters ||
		(r.verdict & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW) {
		/* The program's own: it has no tracer but us. */
		pass_answer(task->tid, -ENOSYS);
		return false;
	}
	place = note(pass, &r);
	if (pass->mode != EXPLAIN_REAL) {
		pass->seen->ptraces |= is_call(r.arch, r.nr, "ptrace");
		return true;
	}
	wakes_note(pass, task, &r, place);
	pass_answer(task->tid, -explain_errno(r.verdict));
	return false;
}

void pass_on_notif(struct pass *pass, const struct seccomp_notif *n)
{
	struct pass_task *task = pass_find(pass, (pid_t)n->pid);
	struct explain_refusal r;

	if (!task)
		task = pass_add(pass, (pid_t)n->pid);
	if (!task)
		return;
	pass_look_again(task->process);
	r = refusal_of(pass, task);
	r.arch = n->data.arch;
	r.nr = n->data.nr;
	r.ip = n->data.instruction_pointer;
	r.sp = proc_stack_pointer(task->tid);
	r.asleep = true;
	for (int i = 0; i < 6; i++)
		r.args[i] = n->data.args[i];
	r.verdict = verdict_of(pass, UINT64_MAX, &r);
	note(pass, &r);
}

static void note_lost(struct explain_seen *seen, const struct pass_task *task,
	uint64_t tcb, const struct explain_place *place)
{
	struct explain_lost *lost = &seen->lost[seen->nlost];

	if (seen->nlost < EXPLAIN_LOST) {
		*lost = (struct explain_lost){
			.tid = task->tid,
			.own_tid = proc_own_tid(task->tid),
			.process = task->process->no,
			.thread = task->no,
			.tcb = tcb,
			.place = place,
		};
		proc_comm(task->process->pid, lost->comm, sizeof(lost->comm));
	}
	seen->nlost++;
}

/* Whose it was, when it was not ours. */
static enum explain_whose whose(const struct pass *pass, pid_t tid)
{
	const struct explain_seen *seen = pass->seen;
	long n = proc_status(tid, "Seccomp_filters");
	long known = pass->filters_then > 0 ? pass->filters_then
					    : pass->filters_before;
	bool own = pass->plan->moment->when == WHEN_SELF
			   ? seen->own_filters
			   : n < 0 || n > known ||
				     (n > pass->filters_before &&
					     seen->uncovered[0]);

	if (!pass->filters_before)
		return EXPLAIN_OWN;
	/* Or the base's, which was loaded with ours. */
	return own || pass->plan->base ? EXPLAIN_OTHER : EXPLAIN_BEFORE;
}

static void note_dealt(struct pass *pass, const struct pass_task *task,
	const struct regs *regs, uint32_t arch, int nr, bool killed_thread)
{
	struct explain_refusal r = refusal_of(pass, task);
	struct explain_place *p;
	bool foreign;

	r.arch = arch;
	r.nr = nr;
	r.ip = regs_ip(regs);
	r.sp = regs_sp(regs);
	r.regs = regs;
	regs_args(regs, arch, r.args);
	r.verdict = verdict_of(pass, filters_on(pass, task), &r);
	/* In EXPLAIN_LET ours lets everything go. */
	foreign = explain_allows(r.verdict) ||
		  (pass->mode == EXPLAIN_LET &&
			  pass->plan->moment->when != WHEN_SELF);
	if (foreign)
		r.verdict = killed_thread ? SECCOMP_RET_KILL_THREAD
					  : SECCOMP_RET_TRAP;
	p = note(pass, &r);
	if (p)
		p->killed_thread = killed_thread;
	if (p && foreign)
		p->whose = whose(pass, task->tid);
	if (killed_thread)
		note_lost(pass->seen, task, regs_thread_pointer(regs), p);
}

/* What filters refuse that it loaded beside ours we are not told. */
static void note_filters(struct pass *pass, pid_t tid)
{
	if (pass->filters_then > 0 && !pass->seen->own_filters)
		pass->seen->own_filters = proc_status(tid, "Seccomp_filters") >
					  pass->filters_then;
}

void pass_on_exit(struct pass *pass, const struct pass_task *task)
{
	struct regs regs;
	unsigned long code = 0;
	uint32_t arch;
	int nr;

	proc_comm(task->tid, task->process->comm, sizeof(task->process->comm));
	note_filters(pass, task->tid);
	tracing(PTRACE_GETEVENTMSG, task->tid, 0, &code);
	if (refused_at_exit(task->tid, (int)(code & 0x7f), &regs, &arch, &nr))
		note_dealt(pass, task, &regs, arch, nr, true);
}

static void note_crash(struct pass *pass, const struct pass_task *task, int sig)
{
	struct explain_seen *seen = pass->seen;
	struct regs regs;

	if (regs_get(task->tid, &regs))
		return;
	seen->crash_signal = sig;
	seen->ncrash_frames = stack_walk(pass->plan->stacks, task->tid,
		task->tid, &regs, seen->crash_frames, STACK_FRAMES);
}

void pass_on_signal(struct pass *pass, const struct pass_task *task, int sig)
{
	struct regs regs;
	siginfo_t info;

	if (sig != SIGSYS && sig != SIGSEGV && sig != SIGBUS && sig != SIGILL &&
		sig != SIGFPE && sig != SIGABRT)
		return;
	if (tracing(PTRACE_GETSIGINFO, task->tid, 0, &info))
		return;
	if (sig != SIGSYS || info.si_code != REFUSED_BY_SECCOMP)
		note_crash(pass, task, sig);
	else if (!regs_get(task->tid, &regs))
		note_dealt(pass, task, &regs, info.si_arch, info.si_syscall,
			false);
}
