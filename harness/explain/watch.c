/* SPDX-License-Identifier: MIT */
/* watch.c: does the command hang? */
#include "explain/watch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "explain/alarm.h"
#include "explain/tasks.h"
#include "explain/untraced.h"
#include "explain/wakes.h"
#include "explain/why_hang.h"
#include "hang/hang.h"
#include "suite/suite.h"
#include "sys/clock.h"
#include "sys/proc.h"
#include "sys/stop.h"
#include "sys/regs.h"

#define PIDS	 64
#define STOP_US	 1000000 /* for a thread to stop; it takes some 10 */
#define LOOK	 50000	 /* microseconds before the first look; they double */
#define LOOK_MAX 400000	 /* ... up to this */
#define IDLE	 1000000 /* likely is enough when nobody ran for so long */
#define VAIN	 3000000 /* who missed a wake-up has not run for so long */
#define RETRIES                                                                \
	250000 /* refusals in a row, from one place: some 5 s of them          \
		*/
#define RETRIES_LATE 1000 /* ... when the time is over anyway */
#define EXIT_TRIES   1000 /* refused ends of a process that end nothing */

static long cpu_used(const struct pass *pass)
{
	pid_t pids[PIDS];
	int n = pass_pids(pass, pids, PIDS);
	long us = 0;

	for (int i = 0; i < n; i++)
		us += proc_cpu_us(pids[i]);
	return us;
}

/* A timer that was seen to be set, and whose signal is still to come. */
static bool may_alarm(const struct pass *pass, struct hang *hang)
{
	const struct pass_process *p = pass_alarm_next(pass);

	if (p)
		snprintf(hang->reason, sizeof(hang->reason),
			"process %d has an interval timer that may fire",
			(int)p->pid);
	return p != NULL;
}

/* The oldest first: they are shown in this order. */
static int all_pids(const struct pass *pass, pid_t pids[PIDS])
{
	int n = pass_pids(pass, pids, PIDS);

	for (int i = 0, k = n - 1; !pass->untraced && i < k; i++, k--) {
		pid_t pid = pids[i];

		pids[i] = pids[k];
		pids[k] = pid;
	}
	return n;
}

static bool prove(const struct pass *pass, bool likely, struct hang *hang)
{
	pid_t pids[PIDS];
	struct hang_facts facts = {
		.pids = pids,
		.npids = all_pids(pass, pids),
		.timers_impossible =
			pass->timers_impossible ||
			(pass->timers_seen && !pass->seen->uncovered[0]),
		.overlook_itimers = likely,
		.started = true,
		/* Who waits for a signal is there for others to send one. */
		.signals_come = true,
		.stays_stopped = likely,
		.traced = !pass->untraced,
		.stops_told = !pass->untraced,
	};

	memset(hang, 0, sizeof(*hang));
	facts.unlisted =
		facts.npids < 0 || (pass->untraced && !proc_lists_children());
	if (facts.npids < 0)
		facts.npids = PIDS;
	return facts.npids > 0 && hang_prove(&facts, hang) &&
	       !may_alarm(pass, hang) && !pass_is_asked(pass);
}

/* A daemon's first process may end long before. */
static bool is_over(const struct pass *pass)
{
	return pass->plan->drive ? !pass->processes : pass->seen->ended;
}

/* The threads are ours to stop: they are killed after. */
static void take_stacks(
	struct pass *pass, struct explain_hang *h, pass_taker *take)
{
	for (int i = 0; i < h->hang.nthreads && !is_over(pass); i++) {
		struct thread_state *s = &h->hang.threads[i];
		const struct pass_task *task = pass_find(pass, s->tid);
		struct regs regs;
		int status;

		h->waits[i].process = task ? task->process->no : -1;
		h->waits[i].thread = task ? task->no : -1;
		if (pass->untraced)
			s->nframes = stack_asleep(pass->plan->stacks, s->pid,
				s->tid, s->ip, s->sp, s->frames, STACK_FRAMES);
		if (pass->untraced || s->state == 'Z' || s->state == 'X' ||
			!stop_thread(s->tid, STOP_US, &status))
			continue;
		if (!stop_is_plain(status)) {
			take(pass, s->tid, status);
			continue;
		}
		if (regs_get(s->tid, &regs))
			continue;
		h->waits[i].tcb = regs_thread_pointer(&regs);
		s->nframes = stack_walk(pass->plan->stacks, s->pid, s->tid,
			&regs, s->frames, STACK_FRAMES);
	}
}

static void end_hang(
	struct pass *pass, struct explain_hang *h, pass_taker *take)
{
	if (!pass->plan->plain)
		take_stacks(pass, h, take);
	/* Somebody ended it while it was looked at. */
	if (is_over(pass)) {
		free(h);
		return;
	}
	pass->seen->hang = h;
	pass->seen->us = clock_us() - pass->start;
	pass_read_log(pass);
	h->nkills = pass->seen->nkills;
	memcpy(h->kills, pass->seen->kills, sizeof(h->kills));
	explain_hang_look(
		h, pass->plan->stacks, pass->seen->lost, pass->seen->nlost);
	if (!h->cause[0])
		wakes_say(pass, h);
	pass_kill_all(pass);
}

/* Refused to end, a C library tries again, for ever. */
static bool tries_to_exit(const struct pass *pass)
{
	const struct explain_places *p = &pass->seen->places;

	for (int i = 0; pass->mode == EXPLAIN_REAL && i < p->n; i++)
		if (p->list[i]->count > EXIT_TRIES &&
			!strncmp(p->list[i]->call, "exit", 4))
			return true;
	return false;
}

/* A refused call that is made again and again, and no other that is refused. */
static bool tries_again(
	const struct pass *pass, unsigned long most, struct hang *hang)
{
	if (pass->mode != EXPLAIN_REAL || !pass->again || pass->in_a_row < most)
		return false;
	hang->spins = true;
	snprintf(hang->reason, sizeof(hang->reason),
		"%s was refused %lu times in a row, from one place, and is "
		"tried again",
		pass->again->call, pass->in_a_row);
	return true;
}

/* The filter has done nothing to it, up to now. */
static bool is_untouched(const struct pass *pass)
{
	return pass->mode == EXPLAIN_REAL && !pass->untraced &&
	       !pass->seen->places.n && !pass->seen->nlost;
}

/* All wait, and no time will end it; and one for what was refused. */
static bool misses_wake(
	const struct pass *pass, const struct hang *hang, int *who)
{
	int fd;

	if (hang->unshown || pass_alarm_next(pass))
		return false;
	for (int i = 0; i < hang->nthreads; i++)
		if (strchr("SZXTt", hang->threads[i].state) == NULL ||
			(hang->threads[i].state == 'S' &&
				hang->threads[i].timed))
			return false;
	return wakes_missed(pass, hang, who, &fd);
}

/* Nothing proves that no stranger helps, but nobody did. */
static bool waits_in_vain(
	const struct pass *pass, uint64_t now, struct hang *hang)
{
	int who;

	if (now - pass->asleep_since < VAIN || !misses_wake(pass, hang, &who))
		return false;
	snprintf(hang->reason, sizeof(hang->reason),
		"nobody ran for %d s, and thread %d waits without a time-out "
		"for what was refused",
		VAIN / 1000000, (int)hang->threads[who].tid);
	return true;
}

static bool look(struct pass *pass, struct hang *hang)
{
	uint64_t now = clock_us();
	long cpu = cpu_used(pass);

	/* It may have been us who did not run: Ctrl-Z stops both. */
	if (cpu != pass->cpu || now - pass->next_look > IDLE)
		pass->asleep_since = now;
	pass->cpu = cpu;
	if (tries_to_exit(pass)) {
		hang->spins = true;
		snprintf(hang->reason, sizeof(hang->reason),
			"its end was refused more than %d times, and it tries "
			"again",
			EXIT_TRIES);
		return true;
	}
	if (tries_again(pass, RETRIES, hang)) {
		prove(pass, false, hang);
		return tries_again(pass, RETRIES, hang);
	}
	if (pass->asleep_since == now)
		return false;
	hang->proven = prove(pass, false, hang) && !hang->handles;
	if (hang->proven)
		return true;
	if (now - pass->asleep_since <= IDLE)
		return false;
	/* A service that waits for what may come is as it should be. */
	if (pass->plan->drive)
		return waits_in_vain(pass, now, hang);
	if (prove(pass, true, hang))
		return !(hang->handles && is_untouched(pass));
	return waits_in_vain(pass, now, hang);
}

static void time_out(struct pass *pass, pass_taker *take)
{
	struct explain_hang *h = calloc(1, sizeof(*h));
	int who;

	pass->seen->timed_out = true;
	if (!h) {
		pass_kill_all(pass);
		return;
	}
	h->hang.proven = prove(pass, false, &h->hang) && !h->hang.handles;
	h->busy = !h->hang.proven &&
		  !tries_again(pass, RETRIES_LATE, &h->hang) &&
		  !misses_wake(pass, &h->hang, &who);
	end_hang(pass, h, take);
}

void pass_watch_tick(struct pass *pass, pass_taker *take)
{
	uint64_t now = clock_us(), limit = (uint64_t)pass->plan->timeout * 1000;
	struct explain_hang *h;

	if (pass->killed || (pass->ended && !pass->plan->drive))
		return;
	if (limit && now - pass->start > limit) {
		time_out(pass, take);
		return;
	}
	pass_know(pass);
	if (pass->phase != PASS_ARMED || now < pass->next_look)
		return;
	pass->look = pass->look ? pass->look * 2 : LOOK;
	if (pass->look > LOOK_MAX)
		pass->look = LOOK_MAX;
	h = calloc(1, sizeof(*h));
	if (h && look(pass, &h->hang))
		end_hang(pass, h, take);
	else
		free(h);
	pass->next_look = now + pass->look;
}
