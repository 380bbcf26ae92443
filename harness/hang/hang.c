/* SPDX-License-Identifier: MIT */
/* hang.c: do the premises of a proof hold? Pure. */
#include "hang/hang.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hang/wakers.h"

__attribute__((format(printf, 4, 5))) static enum hang_answer because(char *why,
	size_t size, enum hang_answer answer, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(why, size, format, ap);
	va_end(ap);
	return answer;
}

static bool is_dead(char state)
{
	return state == 'Z' || state == 'X';
}

/* A tracee of ours that SIGSTOP stopped is a 't' too; but so is one that has
 * just stopped to tell us something, and goes on. */
static bool is_stopped(const struct hang_look *look, char state)
{
	return state == 'T' ||
	       (state == 't' && look->facts->traced && !look->news);
}

enum hang_answer hang_sleeps(
	const struct hang_look *look, int i, char *why, size_t size)
{
	const struct hang_thread *t = &look->first.v[i];

	if (is_dead(t->state) || t->state == 'S')
		return HANG_YES;
	if (is_stopped(look, t->state)) {
		if (!look->facts->signals_come || look->facts->stays_stopped)
			return HANG_YES;
		return because(why, size, HANG_NO,
			"thread %d is stopped: SIGCONT continues it", t->tid);
	}
	if (t->state == 'R' || (t->state == 't' && look->facts->traced))
		return because(why, size, HANG_NO, "thread %d runs", t->tid);
	if (t->state == 't')
		return because(why, size, HANG_NO,
			"thread %d is held by its tracer", t->tid);
	return because(why, size, HANG_NO, "thread %d does not sleep (%c)",
		t->tid, t->state);
}

/* The same, with what it waits for in words. */
static enum hang_answer ask_waker(const struct hang_look *look, int i,
	char waits_for[WAITS_FOR], char *why, size_t size)
{
	const struct hang_thread *t = &look->first.v[i];
	const struct waker w = {
		.facts = look->facts,
		.tid = t->tid,
		.s = &look->sleeps[i],
		.why = why,
		.size = size,
	};

	waits_for[0] = '\0';
	if (is_dead(t->state))
		snprintf(waits_for, WAITS_FOR, "%s",
			t->pid == t->tid ? "nothing: it is a zombie leader"
					 : "nothing: it ended");
	else if (is_stopped(look, t->state))
		snprintf(waits_for, WAITS_FOR, "SIGCONT");
	else if (t->state == 'S')
		return wakers_inside(&w, waits_for);
	return HANG_YES;
}

enum hang_answer hang_no_waker(
	const struct hang_look *look, int i, char *why, size_t size)
{
	char waits_for[WAITS_FOR];

	return ask_waker(look, i, waits_for, why, size);
}

enum hang_answer hang_no_signal(
	const struct hang_look *look, int i, char *why, size_t size)
{
	const struct hang_thread *t = &look->first.v[i];

	if (t->state != 'S' || !t->deliverable)
		return HANG_YES;
	return because(
		why, size, HANG_NO, "a signal waits for thread %d", t->tid);
}

static enum hang_answer read_whole(
	const struct hang_reading *r, char *why, size_t size)
{
	switch (r->left) {
	case HANG_READ_ALL:
		return HANG_YES;
	case HANG_READ_GONE:
		return because(why, size, HANG_NO, "some thread ran meanwhile");
	case HANG_READ_FULL:
		return because(why, size, HANG_UNKNOWN,
			"it has more than %d threads: not all were looked at",
			HANG_READ_MAX);
	case HANG_READ_CLOSED:
		break;
	}
	return because(why, size, HANG_UNKNOWN,
		"the states of some of its threads cannot be read");
}

enum hang_answer hang_all_read(
	const struct hang_look *look, int i, char *why, size_t size)
{
	(void)i;
	if (look->facts->unlisted)
		return because(why, size, HANG_UNKNOWN,
			"it may have more than %d %s: not all were looked at",
			look->facts->npids,
			look->facts->npids == 1 ? "process" : "processes");
	return read_whole(&look->first, why, size);
}

enum hang_answer hang_somebody(
	const struct hang_look *look, int i, char *why, size_t size)
{
	(void)i;
	for (int k = 0; k < look->first.n; k++)
		if (!is_dead(look->first.v[k].state))
			return HANG_YES;
	return because(why, size, HANG_NO, "no thread of it lives");
}

enum hang_answer hang_no_timer(
	const struct hang_look *look, int i, char *why, size_t size)
{
	(void)i;
	if (look->timer == HANG_NO)
		return HANG_YES;
	if (look->timer == HANG_YES)
		return because(why, size, HANG_NO, "process %d has a timer",
			look->timer_pid);
	return because(why, size, HANG_UNKNOWN,
		"the timers of process %d cannot be seen: one may wake it",
		look->timer_pid);
}

/*
 * Those that count its processor time (ITIMER_VIRTUAL, ITIMER_PROF) stand still
 * while all sleep: it is ITIMER_REAL, alarm(2), that could end a sleep.
 */
bool hang_may_have_itimer(
	const struct hang_facts *facts, const struct hang_thread *t)
{
	return !is_dead(t->state) && !(facts->timers_impossible && t->filtered);
}

enum hang_answer hang_no_itimer(
	const struct hang_look *look, int i, char *why, size_t size)
{
	const struct hang_facts *facts = look->facts;

	(void)i;
	if (look->itimers_asked && look->no_itimer == HANG_YES)
		return HANG_YES;
	if (look->itimers_asked && look->no_itimer == HANG_NO)
		return because(why, size, HANG_NO,
			"an interval timer of process %d runs",
			look->itimer_pid);
	for (int k = 0; k < look->first.n; k++) {
		const struct hang_thread *t = &look->first.v[k];

		if (!hang_may_have_itimer(facts, t) ||
			(facts->overlook_itimers && !t->catches_alarm))
			continue;
		if (facts->overlook_itimers)
			return because(why, size, HANG_UNKNOWN,
				"process %d catches SIGALRM: a timer of its "
				"own, which the kernel does not show, may wake "
				"it",
				t->pid);
		if (facts->timers_impossible)
			return because(why, size, HANG_UNKNOWN,
				"thread %d has no filter: it may have set a "
				"timer",
				t->tid);
		return because(why, size, HANG_UNKNOWN,
			"an interval timer may run: the kernel does not show "
			"them");
	}
	return HANG_YES;
}

enum hang_answer hang_all_still(
	const struct hang_look *look, int i, char *why, size_t size)
{
	const struct hang_reading *a = &look->first, *b = &look->second;
	bool same = a->n == b->n;

	(void)i;
	if (b->n < 0)
		return because(
			why, size, HANG_UNKNOWN, "they were looked at once");
	if (b->left != HANG_READ_ALL)
		return read_whole(b, why, size);
	for (int k = 0; k < a->n && same; k++)
		same = a->v[k].tid == b->v[k].tid &&
		       (look->asked[k] ||
			       (a->v[k].state == b->v[k].state &&
				       a->v[k].switches == b->v[k].switches));
	if (same)
		return HANG_YES;
	return because(why, size, HANG_NO, "some thread ran meanwhile");
}

enum hang_answer hang_no_news(
	const struct hang_look *look, int i, char *why, size_t size)
{
	(void)i;
	if (!look->news)
		return HANG_YES;
	return because(
		why, size, HANG_NO, "some thread stopped or ended meanwhile");
}

static hang_premise *const of_each[] = {
	hang_sleeps,
	hang_no_waker,
	hang_no_signal,
};

static hang_premise *const of_all[] = {
	hang_all_read,
	hang_no_timer,
	hang_somebody,
	hang_all_still,
	hang_no_news,
	hang_no_itimer,
};

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static hang_premise *missing(const struct hang_look *look,
	hang_premise *const *list, size_t n, int i, struct hang *hang)
{
	for (size_t k = 0; k < n; k++)
		if (list[k](look, i, hang->reason, sizeof(hang->reason)) !=
			HANG_YES)
			return list[k];
	return NULL;
}

/* One that is not shown is counted with one that is, and waits for the same. */
static void count_alike(struct hang *hang, const struct hang_thread *r,
	const struct hang_sleep *s)
{
	for (int i = 0; i < hang->nthreads; i++) {
		struct thread_state *t = &hang->threads[i];

		if (t->pid == r->pid && t->state == r->state &&
			!strncmp(s->call, "futex", 5) &&
			!strcmp(t->call, s->call) && t->args[0] == s->args[0]) {
			t->alike++;
			return;
		}
	}
}

static void show(struct thread_state *to, const struct hang_look *look, int i)
{
	const struct hang_sleep *s = &look->sleeps[i];
	char why[2];

	memset(to, 0, sizeof(*to));
	to->pid = look->first.v[i].pid;
	to->tid = look->first.v[i].tid;
	to->state = look->first.v[i].state;
	if (to->state == 't' && look->facts->traced && !is_stopped(look, 't'))
		to->state = 'R';
	to->nr = s->nr;
	memcpy(to->call, s->call, sizeof(to->call));
	memcpy(to->args, s->args, sizeof(to->args));
	to->ip = s->ip;
	to->sp = s->sp;
	to->timed = wakers_timed(s);
	ask_waker(look, i, to->waits_for, why, sizeof(why));
}

static void show_all(const struct hang_look *look, struct hang *hang)
{
	const struct hang_reading *r = &look->first;

	hang->nthreads = r->n < HANG_THREADS ? r->n : HANG_THREADS;
	hang->unshown = r->n - hang->nthreads;
	for (int i = 0; i < r->n; i++)
		if (i < HANG_THREADS)
			show(&hang->threads[i], look, i);
		else
			count_alike(hang, &r->v[i], &look->sleeps[i]);
}

static bool is_assumed(const struct hang_look *look)
{
	if (look->itimers_asked)
		return false;
	for (int i = 0; i < look->first.n; i++)
		if (hang_may_have_itimer(look->facts, &look->first.v[i]))
			return true;
	return false;
}

static void say_proof(const struct hang_look *look, struct hang *hang)
{
	const char *timers = is_assumed(look) ? "no timer is seen, as an "
						"alarm(2) would not be"
					      : "no timer can fire";
	int alive = 0, stopped = 0;
	const char *stays;

	for (int i = 0; i < look->first.n; i++) {
		alive += !is_dead(look->first.v[i].state);
		stopped += is_stopped(look, look->first.v[i].state);
	}
	stays = stopped ? ", nobody of it is left to send SIGCONT" : "";
	if (alive == 1)
		snprintf(hang->reason, sizeof(hang->reason),
			"%s thread %s%s, and %s",
			hang->nthreads > 1 ? "the only living" : "its only",
			stopped ? "is stopped"
				: "sleeps without time-out, nobody but itself "
				  "could wake it",
			stays, timers);
	else
		snprintf(hang->reason, sizeof(hang->reason),
			"%d threads sleep at once without time-out%s, only "
			"they could wake each other%s, and %s",
			alive, stopped ? " or are stopped" : "", stays, timers);
}

static void say_handles(const struct hang_look *look, struct hang *hang)
{
	const char *but = "; but it handles signals, of which one may come";

	for (int i = 0; i < look->first.n && look->facts->signals_come; i++)
		hang->handles = hang->handles || look->first.v[i].handles;
	if (hang->handles)
		strncat(hang->reason, but,
			sizeof(hang->reason) - strlen(hang->reason) - 1);
}

hang_premise *hang_missing(const struct hang_look *look, struct hang *hang)
{
	hang_premise *lacks = NULL;

	hang->handles = false;
	show_all(look, hang);
	for (int i = 0; i < look->first.n && !lacks; i++)
		lacks = missing(look, of_each, COUNT(of_each), i, hang);
	if (!lacks)
		lacks = missing(look, of_all, COUNT(of_all), 0, hang);
	if (lacks)
		return lacks;
	say_proof(look, hang);
	say_handles(look, hang);
	return NULL;
}
