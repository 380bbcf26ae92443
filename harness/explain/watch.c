/* SPDX-License-Identifier: MIT */
/* watch.c: does the command hang? */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "explain/why_hang.h"
#include "explain/pass.h"
#include "hang/hang.h"
#include "sys/proc.h"
#include "suite/suite.h"

#define PIDS	   64
#define LOOK	   50000   /* microseconds before the first look; they double */
#define LOOK_MAX   400000  /* ... up to this */
#define IDLE	   1000000 /* likely is enough when nobody ran for so long */
#define EXIT_TRIES 1000	   /* refused ends of a process that end nothing */

static long cpu_used(const struct explain_run *run)
{
	pid_t pids[PIDS];
	int n = run_pids(run, pids, PIDS);
	long us = 0;

	for (int i = 0; i < n; i++)
		us += proc_cpu_us(pids[i]);
	return us;
}

/* A timer that was seen to be set, and whose signal is still to come. */
static bool may_alarm(const struct explain_run *run, struct hang *hang)
{
	const struct run_process *p = run_alarm_next(run);

	if (p)
		snprintf(hang->reason, sizeof(hang->reason),
			"process %d has an interval timer that may fire",
			(int)p->pid);
	return p != NULL;
}

/* The oldest first: they are shown in this order. */
static int all_pids(const struct explain_run *run, pid_t pids[PIDS])
{
	int n = run_pids(run, pids, PIDS);

	for (int i = 0, k = n - 1; !run->untraced && i < k; i++, k--) {
		pid_t pid = pids[i];

		pids[i] = pids[k];
		pids[k] = pid;
	}
	return n;
}

static bool prove(const struct explain_run *run, bool likely, struct hang *hang)
{
	pid_t pids[PIDS];
	struct hang_facts facts = {
		.pids = pids,
		.npids = all_pids(run, pids),
		.timers_impossible =
			run->timers_impossible ||
			(run->timers_seen && !run->seen->uncovered[0]),
		.overlook_itimers = likely,
		.started = true,
		/* Who waits for a signal is there for others to send one. */
		.signals_come = true,
		.stays_stopped = likely,
		.traced = !run->untraced,
	};

	memset(hang, 0, sizeof(*hang));
	return facts.npids > 0 && hang_prove(&facts, hang) &&
	       !may_alarm(run, hang) && !proc_news(!run->untraced) &&
	       !run_is_asked(run);
}

/* The threads are ours to stop: they are killed after. */
static void take_stacks(struct explain_run *run, struct explain_hang *h)
{
	for (int i = 0; i < h->hang.nthreads; i++) {
		struct thread_state *s = &h->hang.threads[i];
		const struct run_task *task = run_find(run, s->tid);
		struct user_regs_struct regs;
		int status;

		h->waits[i].process = task ? task->process->no : -1;
		h->waits[i].thread = task ? task->no : -1;
		if (run->untraced)
			s->nframes = stack_asleep(run->plan->stacks, s->pid,
				s->tid, s->ip, s->sp, s->frames, STACK_FRAMES);
		if (run->untraced || s->state == 'Z' || s->state == 'X' ||
			ptrace(PTRACE_INTERRUPT, s->tid, 0, 0) ||
			waitpid(s->tid, &status, __WALL) != s->tid ||
			!WIFSTOPPED(status) ||
			ptrace(PTRACE_GETREGS, s->tid, 0, &regs))
			continue;
		h->waits[i].tcb = regs.fs_base;
		s->nframes = stack_walk(run->plan->stacks, s->pid, s->tid,
			&regs, regs.cs == 0x23, s->frames, STACK_FRAMES);
	}
}

static void end_hang(struct explain_run *run, struct explain_hang *h)
{
	run->seen->hang = h;
	run->seen->us = run_now() - run->start;
	take_stacks(run, h);
	run_read_log(run);
	h->nkills = run->seen->nkills;
	memcpy(h->kills, run->seen->kills, sizeof(h->kills));
	explain_hang_look(
		h, run->plan->stacks, run->seen->lost, run->seen->nlost);
	run_kill_all(run);
}

/* Refused to end, a C library tries again, for ever. */
static bool tries_to_exit(const struct explain_run *run)
{
	const struct explain_places *p = &run->seen->places;

	for (int i = 0; run->mode == EXPLAIN_REAL && i < p->n; i++)
		if (p->list[i]->count > EXIT_TRIES &&
			!strncmp(p->list[i]->call, "exit", 4))
			return true;
	return false;
}

/* The filter has done nothing to it, up to now. */
static bool is_untouched(const struct explain_run *run)
{
	return run->mode == EXPLAIN_REAL && !run->untraced &&
	       !run->seen->places.n && !run->seen->nlost;
}

static bool look(struct explain_run *run, struct hang *hang)
{
	uint64_t now = run_now();
	long cpu = cpu_used(run);

	/* It may have been us who did not run: Ctrl-Z stops both. */
	if (cpu != run->cpu || now - run->next_look > IDLE)
		run->asleep_since = now;
	run->cpu = cpu;
	if (tries_to_exit(run)) {
		hang->spins = true;
		snprintf(hang->reason, sizeof(hang->reason),
			"its end was refused more than %d times, and it tries "
			"again",
			EXIT_TRIES);
		return true;
	}
	if (run->asleep_since == now)
		return false;
	hang->proven = prove(run, false, hang) && !hang->handles;
	if (hang->proven)
		return true;
	return now - run->asleep_since > IDLE && prove(run, true, hang) &&
	       !(hang->handles && is_untouched(run));
}

static void time_out(struct explain_run *run)
{
	struct explain_hang *h = calloc(1, sizeof(*h));

	run->seen->timed_out = true;
	if (!h) {
		run_kill_all(run);
		return;
	}
	h->hang.proven = prove(run, false, &h->hang) && !h->hang.handles;
	end_hang(run, h);
}

void run_watch_tick(struct explain_run *run)
{
	uint64_t now = run_now(), limit = (uint64_t)run->plan->timeout * 1000;
	struct explain_hang *h;

	if (run->killed || run->ended)
		return;
	if (limit && now - run->start > limit) {
		time_out(run);
		return;
	}
	if (run->phase != RUN_ARMED || now < run->next_look)
		return;
	run->look = run->look ? run->look * 2 : LOOK;
	if (run->look > LOOK_MAX)
		run->look = LOOK_MAX;
	h = calloc(1, sizeof(*h));
	if (h && look(run, &h->hang))
		end_hang(run, h);
	else
		free(h);
	run->next_look = now + run->look;
}
