/* SPDX-License-Identifier: MIT */
/* look.c: what a stopped thread tells: the refused call, the crash. */
#include <elf.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/calls.h"
#include "sys/inject.h"
#include "sys/proc.h"
#include "sys/refused.h"
#include "sys/stop.h"
#include "suite/look.h"
#include "sys/tracing.h"

#define STOP_US 1000000 /* for a thread to stop; it takes some 10 */

static struct refusal *new_refusal(struct trace *t, const struct task *task)
{
	struct refusal *r;

	t->ev->nrefused++;
	if (t->ev->nrefusals < EV_DEATHS)
		t->ev->nrefusals++;
	r = &t->ev->refusals[t->ev->nrefusals - 1];
	memset(r, 0, sizeof(*r));
	r->tid = task->tid;
	r->thread = task->no;
	r->nr = -1;
	return r;
}

static void fill_refusal(struct trace *t, struct refusal *r, uint32_t arch,
	long nr, const struct regs *regs)
{
	r->arch = arch;
	r->nr = (int)nr;
	r->ip = regs_ip(regs);
	regs_args(regs, arch, r->args);
	calls_name(arch, r->nr, r->call, sizeof(r->call));
	r->nframes = stack_walk(
		t->stacks, t->pid, r->tid, regs, r->frames, STACK_FRAMES);
}

/* A trap that nobody caught takes all threads along, none of which made a call
 * that was refused: they end as if by the same signal. */
static bool died_of_trap(const struct evidence *ev)
{
	for (int i = 0; i < ev->nrefusals; i++)
		if (ev->refusals[i].end == REFUSAL_PROCESS)
			return true;
	return false;
}

void trace_exit(struct trace *t, const struct task *task)
{
	struct regs regs;
	struct refusal *r;
	unsigned long code = 0;
	uint32_t arch;
	int nr;

	if (task->tgid != t->pid || !t->cell->filtered)
		return;
	tracing(PTRACE_GETEVENTMSG, task->tid, 0, &code);
	if (died_of_trap(t->ev))
		return;
	if (!refused_at_exit(task->tid, (int)(code & 0x7f), &regs, &arch, &nr))
		return;
	r = new_refusal(t, task);
	r->end = REFUSAL_THREAD;
	fill_refusal(t, r, arch, nr, &regs);
}

static void note_crash(struct trace *t, const struct task *task, int sig,
	const siginfo_t *info)
{
	struct regs regs;
	struct evidence *ev = t->ev;

	if (regs_get(task->tid, &regs))
		return;
	ev->crash_signal = sig;
	ev->crash_ip = regs_ip(&regs);
	ev->crash_addr = (uint64_t)(uintptr_t)info->si_addr;
	ev->ncrash_frames = stack_walk(t->stacks, t->pid, task->tid, &regs,
		ev->crash_frames, STACK_FRAMES);
}

/* The kernel takes the handler away from who blocks or ignores the signal, and
 * so kills him (kernel/signal.c, force_sig_info_to_task): what is caught when
 * it is delivered is handled. */
static bool handles_trap(pid_t tid)
{
	char status[4096];
	unsigned long caught;

	proc_read(status, sizeof(status), "%d/status", tid);
	return proc_number(status, "SigCgt", 16, &caught) &&
	       caught >> (SIGSYS - 1) & 1;
}

static void note_trap(
	struct trace *t, const struct task *task, const siginfo_t *info)
{
	struct regs regs;
	struct refusal *r;

	if (regs_get(task->tid, &regs))
		return;
	r = new_refusal(t, task);
	r->end = handles_trap(task->tid) ? REFUSAL_ANSWERED : REFUSAL_PROCESS;
	fill_refusal(t, r, info->si_arch, info->si_syscall, &regs);
}

void trace_signal(struct trace *t, const struct task *task, int sig)
{
	siginfo_t info;

	if (task->tgid != t->pid)
		return;
	if (sig != SIGSYS && sig != SIGSEGV && sig != SIGBUS && sig != SIGILL &&
		sig != SIGFPE && sig != SIGABRT)
		return;
	if (tracing(PTRACE_GETSIGINFO, task->tid, 0, &info))
		return;
	if (sig == SIGSYS && info.si_code == REFUSED_BY_SECCOMP)
		note_trap(t, task, &info);
	else
		note_crash(t, task, sig, &info);
}

enum hang_answer trace_no_itimer(struct trace *t, pid_t tid, trace_taker *take)
{
	enum hang_answer answer = HANG_UNKNOWN;
	int64_t timer[4];
	int status;

	if (!stop_thread(tid, STOP_US, &status))
		return HANG_UNKNOWN;
	if (!stop_is_plain(status)) {
		take(t, tid, status);
		return HANG_UNKNOWN;
	}
	if (!inject_getitimer(tid, timer))
		answer = timer[2] || timer[3] ? HANG_NO : HANG_YES;
	tracing(PTRACE_CONT, tid, 0, 0);
	return answer;
}

void trace_hang_stacks(struct trace *t, trace_taker *take)
{
	struct hang *h = &t->ev->hang;
	struct regs regs;
	int status;

	for (int i = 0; i < h->nthreads && !t->ev->ended; i++) {
		struct thread_state *s = &h->threads[i];

		if (s->state == 'Z' || s->state == 'X' ||
			!stop_thread(s->tid, STOP_US, &status))
			continue;
		if (!stop_is_plain(status))
			take(t, s->tid, status);
		else if (!regs_get(s->tid, &regs))
			s->nframes = stack_walk(t->stacks, s->pid, s->tid,
				&regs, s->frames, STACK_FRAMES);
	}
}
