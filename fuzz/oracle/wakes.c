/* SPDX-License-Identifier: MIT */
/*
 * wakes.c: conservation: each wake that a call told of is one wait that
 * returned 0, and each such wait has its wake: of a futex that it slept on or
 * was moved to, of its bits, of its time.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "program/facts.h"
#include "oracle/oracle.h"

/* A step as a source of wakes. */
struct source {
	int step, left; /* wakes it told of and that are not yet matched */
	bool loose;	/* it may have woken fewer or none */
};

struct wakes {
	const struct seen *s;
	int waits[PROGRAM_STEPS], nwaits; /* steps that were woken */
	struct source sources[PROGRAM_STEPS];
	int nsources, told;
	bool loose; /* some wakes are told by nobody */
	int matched[PROGRAM_STEPS][PROGRAM_STEPS]; /* source, n -> wait */
	int nmatched[PROGRAM_STEPS];
	uint32_t reach[FACTS_KEYS]; /* keys that a sleeper there can come to */
};

static int key1(const struct wakes *w, int i)
{
	const struct step *s = &w->s->p->steps[i];

	return facts_key(w->s->p, s->word, facts_private(s));
}

static int key2(const struct wakes *w, int i)
{
	const struct step *s = &w->s->p->steps[i];

	return facts_key(w->s->p, s->word2, facts_private(s));
}

/* Of what a requeue returned, the wakes come first (requeue.c). */
static int woken_by(const struct step *s, int ret)
{
	if (facts_requeues(s) && (int32_t)s->val < ret)
		return (int32_t)s->val;
	return ret;
}

static void find_reach(struct wakes *w)
{
	const struct program *p = w->s->p;
	bool more = true;

	for (int k = 0; k < FACTS_KEYS; k++)
		w->reach[k] = 1u << k;
	while (more) {
		more = false;
		for (int i = 0; i < p->nsteps; i++) {
			/* An error may come behind some that it has moved. */
			if (!facts_requeues(&p->steps[i]) || !w->s->r->ret[i] ||
				w->s->r->state[i] == STEP_NOT_RUN)
				continue;
			for (int k = 0; k < FACTS_KEYS; k++) {
				uint32_t to = 1u << key2(w, i);

				if (w->reach[k] >> key1(w, i) & 1 &&
					!(w->reach[k] & to)) {
					w->reach[k] |= to;
					more = true;
				}
			}
		}
	}
}

/* A death with a robust list wakes one sleeper for each word, and tells
 * nobody; so does a wake that met a PI waiter behind plain ones. */
static bool untold(const struct seen *s, int i)
{
	const struct step *step = &s->p->steps[i];

	return step->kind == STEP_EXIT ||
	       (facts_wakes(step) && s->r->ret[i] == -EINVAL);
}

static void collect(struct wakes *w)
{
	const struct seen *s = w->s;

	for (int i = 0; i < s->p->nsteps; i++) {
		const struct step *step = &s->p->steps[i];
		int n;

		if (s->r->state[i] != STEP_RETURNED)
			continue;
		if (facts_waits(step) && s->r->ret[i] == 0 && s->allowed[i])
			w->waits[w->nwaits++] = i;
		n = facts_wakes(step) ? woken_by(step, s->r->ret[i]) : 0;
		if (n > 0 && s->allowed[i]) {
			w->sources[w->nsources++] =
				(struct source){ .step = i, .left = n };
			w->told += n;
		} else if (untold(s, i)) {
			w->sources[w->nsources++] = (struct source){
				.step = i, .left = PROGRAM_STEPS, .loose = true
			};
			w->loose = true;
		}
	}
}

static uint32_t bits_of(const struct step *s)
{
	int cmd = facts_cmd(s);

	return cmd == FUTEX_WAIT_BITSET || cmd == FUTEX_WAKE_BITSET ? s->val3
								    : UINT_MAX;
}

/* Could this source have woken that wait? */
static bool can_wake(const struct wakes *w, const struct source *from, int wait)
{
	const struct program *p = w->s->p;
	const struct result *r = w->s->r;
	const struct step *a = &p->steps[from->step], *b = &p->steps[wait];
	uint32_t at = w->reach[key1(w, wait)];

	if (a->thread == b->thread || r->begin[from->step] > r->end[wait])
		return false;
	if (a->kind == STEP_EXIT)
		return true;
	if (r->end[from->step] < r->begin[wait])
		return false;
	if (!(bits_of(a) & bits_of(b)))
		return false;
	return at >> key1(w, from->step) & 1 ||
	       (facts_cmd(a) == FUTEX_WAKE_OP && at >> key2(w, from->step) & 1);
}

/* Finds a source for the wait, moving others if it must (augmenting paths). */
static bool match(struct wakes *w, int wait, bool *tried)
{
	for (int k = 0; k < w->nsources; k++) {
		struct source *from = &w->sources[k];

		if (tried[k] || !can_wake(w, from, wait))
			continue;
		tried[k] = true;
		if (from->left > 0) {
			from->left--;
			w->matched[k][w->nmatched[k]++] = wait;
			return true;
		}
		for (int n = 0; n < w->nmatched[k]; n++)
			if (match(w, w->matched[k][n], tried)) {
				w->matched[k][n] = wait;
				return true;
			}
	}
	return false;
}

static bool unmatched(struct wakes *w, struct finding *f)
{
	for (int i = 0; i < w->nwaits; i++) {
		bool tried[PROGRAM_STEPS] = { false };

		if (!match(w, w->waits[i], tried))
			return oracle_broken(f, "conservation", w->waits[i],
				"was woken, but no wake that its futex, bits "
				"and time allow told of it (futex(2): "
				"FUTEX_WAKE returns the number of waiters that "
				"were woken up)");
	}
	for (int k = 0; k < w->nsources; k++)
		if (!w->sources[k].loose && w->sources[k].left > 0 &&
			!w->loose && !w->s->r->doubt)
			return oracle_broken(f, "conservation",
				w->sources[k].step,
				"told of a wake more than waits were woken: "
				"%d told, %d returned 0 (futex(2): FUTEX_WAKE)",
				w->told, w->nwaits);
	return false;
}

/* A stop makes the kernel begin a wait anew (futex_wait() returns ERESTARTSYS,
 * waitwake.c): whatever it returned then, it may have slept before. */
static bool was_stopped(const struct seen *s, int wait)
{
	for (int i = 0; i < s->p->nsteps; i++)
		if (s->p->steps[i].kind == STEP_STOP && s->r->begin[i] &&
			s->r->begin[i] < s->r->end[wait] &&
			s->r->end[i] > s->r->begin[wait])
			return true;
	return false;
}

/* Sleepers that may have been at the step's first word: waits that returned 0,
 * timed out, slept on, or were stopped. */
static int sleepers_at(const struct wakes *w, int step)
{
	const struct program *p = w->s->p;
	int n = 0;

	for (int i = 0; i < p->nsteps; i++) {
		bool slept = w->s->r->state[i] == STEP_DRAINED ||
			     w->s->r->ret[i] == 0 ||
			     w->s->r->ret[i] == -ETIMEDOUT ||
			     was_stopped(w->s, i);

		n += facts_waits(&p->steps[i]) && slept &&
		     w->s->r->state[i] != STEP_NOT_RUN &&
		     p->steps[i].thread != p->steps[step].thread &&
		     w->reach[key1(w, i)] >> key1(w, step) & 1;
	}
	return n;
}

/* A requeued waiter counts once. */
static bool moved_too_many(const struct wakes *w, struct finding *f)
{
	for (int i = 0; i < w->s->p->nsteps; i++) {
		int n;

		if (!facts_requeues(&w->s->p->steps[i]) || !w->s->allowed[i] ||
			w->s->r->state[i] != STEP_RETURNED ||
			w->s->r->ret[i] <= 0)
			continue;
		n = sleepers_at(w, i);
		if (w->s->r->ret[i] > n)
			return oracle_broken(f, "conservation", i,
				"woke or moved %d, but %d at most can have "
				"slept there (futex(2): FUTEX_CMP_REQUEUE "
				"returns the number of waiters woken or "
				"requeued)",
				w->s->r->ret[i], n);
	}
	return false;
}

/* The thread's next step that calls futex, if nothing else but stores lies
 * between; -1 without one. */
static int next_wake(const struct program *p, int i)
{
	for (int k = i + 1; k < p->nsteps; k++) {
		if (p->steps[k].thread != p->steps[i].thread)
			continue;
		return facts_wakes(&p->steps[k]) ? k : -1;
	}
	return -1;
}

/* Nobody but the sleeper's thread, for its one wait, and the waker's plays. */
static int only_wait(const struct program *p, const struct step *sleeps)
{
	int wait = -1;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (s->thread == sleeps->val) {
			if (s->kind == STEP_FUTEX && wait >= 0)
				return -1;
			if (s->kind == STEP_FUTEX)
				wait = i;
		} else if (s->thread != sleeps->thread) {
			return -1;
		}
	}
	return wait >= 0 && facts_waits(&p->steps[wait]) ? wait : -1;
}

/* No step of the waker's before this one moved or woke anybody. */
static bool first_wake(const struct wakes *w, int wake)
{
	const struct program *p = w->s->p;

	for (int i = 0; i < wake; i++)
		if (p->steps[i].thread == p->steps[wake].thread &&
			p->steps[i].kind == STEP_FUTEX && w->s->r->ret[i] != 0)
			return false;
	return true;
}

/* A wake right after `sleeps` said that one sleeps there must find him. */
static bool overlooked(const struct wakes *w, struct finding *f)
{
	const struct program *p = w->s->p;

	for (int i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];
		int wake, wait;

		if (s->kind != STEP_SLEEPS || w->s->r->ret[i] != 0 ||
			w->s->r->state[i] != STEP_RETURNED)
			continue;
		wake = next_wake(p, i);
		wait = only_wait(p, s);
		if (wake < 0 || wait < 0 || !w->s->allowed[wake] ||
			p->steps[wait].fourth != TIMEOUT_NONE ||
			w->s->r->state[wake] != STEP_RETURNED ||
			w->s->r->ret[wake] != 0 || !first_wake(w, wake) ||
			key1(w, wake) != key1(w, wait) ||
			facts_cmd(&p->steps[wake]) == FUTEX_WAKE_OP ||
			(facts_requeues(&p->steps[wake]) &&
				!p->steps[wake].val &&
				!p->steps[wake].fourth) ||
			!(bits_of(&p->steps[wake]) & bits_of(&p->steps[wait])))
			continue;
		return oracle_broken(f, "conservation", wake,
			"found nobody, though t%u sleeps there (futex(2): "
			"FUTEX_WAKE wakes at most val of the waiters)",
			s->val);
	}
	return false;
}

bool oracle_conservation(const struct seen *s, struct finding *f)
{
	struct wakes w = { .s = s };

	find_reach(&w);
	collect(&w);
	return unmatched(&w, f) || moved_too_many(&w, f) || overlooked(&w, f);
}
