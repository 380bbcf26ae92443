/* SPDX-License-Identifier: MIT */
/* explain_hang.c: why nobody goes on, in a sentence. */
#include "explain_hang.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "explain_hang_int.h"
#include "explain_report.h"
#include "judge.h"

static int find_thread(const struct look *l, pid_t tid)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->hang.threads[i].tid == tid)
			return i;
	return -1;
}

struct text {
	char *to;
	size_t size, n;
};

__attribute__((format(printf, 2, 3))) static void say(
	struct text *t, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(t->to + t->n, t->size - t->n, format, ap);
	va_end(ap);
	t->n += n > 0 ? (size_t)n : 0;
	if (t->n >= t->size)
		t->n = t->size - 1;
}

static void say_thread(struct text *t, int thread, pid_t tid)
{
	if (thread == 0)
		say(t, "the main thread");
	else if (thread > 0)
		say(t, "thread %d", thread);
	else
		say(t, "thread %d", (int)tid);
}

static void say_lost(struct text *t, const struct explain_lost *lost)
{
	const struct explain_place *p = lost->place;
	char chain[EXPLAIN_CHAIN] = "";

	say_thread(t, lost->thread, lost->tid);
	say(t, " was killed by the filter");
	if (!p)
		return;
	say(t, " at %s", p->call);
	/* The call's own wrapper says nothing new. */
	for (int i = 1; i < p->nframes && !chain[0]; i++)
		if (p->frames[i].function[0] &&
			!strstr(p->frames[i].function, p->call))
			snprintf(chain, sizeof(chain), "%s",
				p->frames[i].function);
	chain[strcspn(chain, "@")] = '\0';
	if (chain[0])
		say(t, ", in %s", chain);
}

/* How many threads wait for what OWNER holds; all but the main one. */
static int count_waiters(const struct look *l, pid_t owner, int *plain)
{
	int n = 0;

	*plain = 0;
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->waits[i].owner == owner) {
			n++;
			*plain += l->h->waits[i].thread != 0;
		}
	return n;
}

/* "; the main thread, threads 3 and 5 wait for it" */
static void say_waiters(struct text *t, const struct look *l, pid_t owner)
{
	int plain, n = count_waiters(l, owner, &plain), said = 0, numbers = 0;

	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct explain_wait *w = &l->h->waits[i];
		int tid = (int)l->h->hang.threads[i].tid;

		if (w->owner != owner)
			continue;
		say(t, !said ? "; " : said == n - 1 ? " and " : ", ");
		said++;
		if (w->thread == 0 || plain == 1)
			say_thread(t, w->thread, tid);
		else
			say(t, "%s%d", numbers++ ? "" : "threads ",
				w->thread > 0 ? w->thread : tid);
	}
	if (n)
		say(t, n == 1 ? " waits for it" : " wait for it");
}

static const struct explain_wait *held_by(const struct look *l, pid_t owner)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->waits[i].owner == owner)
			return &l->h->waits[i];
	return NULL;
}

static bool waits_in(const struct look *l, const char *functions, int *who)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (look_calls(&l->h->hang.threads[i], functions)) {
			*who = i;
			return true;
		}
	return false;
}

static bool say_join(struct text *t, const struct look *l)
{
	int who;

	if (!waits_in(l,
		    "*pthread_timedjoin* *pthread_join* "
		    "*pthread_clockjoin* *tryjoin*",
		    &who))
		return false;
	say(t, "; ");
	say_thread(t, l->h->waits[who].thread, l->h->hang.threads[who].tid);
	say(t, " waits in pthread_join for a thread that cannot say any more "
	       "that it ended");
	return true;
}

/* Locks that name nobody, of which the evidence says no more. */
static void say_unowned(struct text *t, const struct look *l)
{
	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct explain_wait *w = &l->h->waits[i];

		if (!w->where[0] || w->where[0] == '[')
			continue;
		say(t, "; ");
		say_thread(t, w->thread, l->h->hang.threads[i].tid);
		say(t, " waits for %s, which does not tell who holds it",
			w->where);
		return;
	}
}

/* The name of what W waits for: "main_arena.mutex"; "a lock". */
static void name_lock(const struct explain_wait *w, char *name, size_t size)
{
	char what[128];

	snprintf(what, sizeof(what), "%s", w->where);
	what[strcspn(what, "+")] = '\0';
	/* The first member of glibc's struct malloc_state. */
	snprintf(name, size, "%s%s", what[0] ? what : "a lock",
		strcmp(what, "main_arena") ? "" : ".mutex");
}

/* A lock whose owner nobody saw end. */
static void say_gone(struct text *t, const struct look *l)
{
	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct explain_wait *w = &l->h->waits[i];
		char lock[160];

		if (!w->gone)
			continue;
		name_lock(w, lock, sizeof(lock));
		say_thread(t, w->thread, l->h->hang.threads[i].tid);
		say(t,
			" waits for %s, which thread %d held when it ended: a "
			"filter may have killed it",
			lock, (int)w->gone);
		return;
	}
}

/* A lock in a ring: each holds what the next one waits for. */
static bool say_ring(struct text *t, const struct look *l)
{
	int n = l->h->hang.nthreads;

	for (int start = 0; start < n; start++) {
		int at = start, steps = 0;

		do {
			at = find_thread(l, l->h->waits[at].owner);
		} while (at >= 0 && at != start && ++steps < n);
		if (at != start)
			continue;
		do {
			pid_t owner = l->h->waits[at].owner;

			if (at != start)
				say(t, ", ");
			say_thread(t, l->h->waits[at].thread,
				l->h->hang.threads[at].tid);
			say(t, " waits for what ");
			at = find_thread(l, owner);
			say_thread(t, l->h->waits[at].thread, owner);
			say(t, " holds");
		} while (at != start);
		return true;
	}
	return false;
}

/* Whose death explains the most. */
static int weight(const struct look *l, const struct explain_lost *lost)
{
	return held_by(l, lost->tid) ? 2 : lost->thread == 0;
}

static void find_cause(const struct look *l)
{
	struct text t = { l->h->cause, sizeof(l->h->cause), 0 };
	const struct explain_lost *guilty = NULL;

	for (int i = 0; i < l->nlost; i++)
		if (!guilty || weight(l, &l->lost[i]) > weight(l, guilty))
			guilty = &l->lost[i];
	if (!guilty) {
		if (!say_ring(&t, l))
			say_gone(&t, l);
		return;
	}
	say_lost(&t, guilty);
	if (held_by(l, guilty->tid)) {
		char lock[160];

		name_lock(held_by(l, guilty->tid), lock, sizeof(lock));
		say(&t, ", holding %s", lock);
		say_waiters(&t, l, guilty->tid);
	} else if (!say_join(&t, l)) {
		say_unowned(&t, l);
	}
	if (guilty->thread == 0)
		say(&t, "; the process lives on without it, and its parent is "
			"told nothing");
}

void explain_hang_look(struct explain_hang *h, struct stack_cache *stacks,
	const struct explain_lost *lost, int nlost)
{
	const struct look l = { h, stacks, lost,
		nlost < EXPLAIN_LOST ? nlost : EXPLAIN_LOST };

	for (int i = 0; i < h->hang.nthreads; i++) {
		explain_clean(
			h->hang.threads[i].frames, h->hang.threads[i].nframes);
		look_at(&l, i);
	}
	find_cause(&l);
}
