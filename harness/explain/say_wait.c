/* SPDX-License-Identifier: MIT */
/* say_wait.c: what the threads of a hang wait for, in words. */
#include "explain/say_wait.h"

#include <stdio.h>
#include <string.h>

#include "explain/who.h"

#define WAIT_JOINS 8 /* that are followed */

bool wait_is_dead(const struct thread_state *s)
{
	return s->state == 'Z' || s->state == 'X';
}

int wait_find(const struct explain_look *l, pid_t tid)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->hang.threads[i].tid == tid)
			return i;
	return -1;
}

/* What lies at W's word: a symbol, and before it THE; else "a KIND", and where
 * it lies. */
static void name_as(const struct explain_wait *w, const char *kind,
	const char *the, char *name, size_t size)
{
	char what[128];

	snprintf(what, sizeof(what), "%s", w->where);
	what[strcspn(what, "+")] = '\0';
	/* Without a symbol it is where it lies, and not what it is called. */
	if (!strstr(w->where, "+0x"))
		snprintf(name, size, "a %s%s%s", kind, what[0] ? " in " : "",
			what);
	else if (!strstr(w->where, " ("))
		snprintf(name, size, "a %s at %s", kind, w->where);
	else
		/* The first member of glibc's struct malloc_state. */
		snprintf(name, size, "%s%s%s", the, what,
			strcmp(what, "main_arena") ? "" : ".mutex");
}

void wait_name(const struct explain_wait *w, char *name, size_t size)
{
	name_as(w, "lock", "", name, size);
}

/* What others make come, and nobody holds; the function nearest to the wait
 * tells: a condition's waiter may be waiting for its mutex. */
static const struct kind {
	const char *functions, *name, *the, *brings;
} kinds[] = {
	{ "*pthread_mutex_*lock*", NULL, NULL, NULL },
	{ "*pthread_cond_*wait* cnd_wait cnd_timedwait", "condition",
		"the condition ", "signal" },
	{ "*sem_wait* *sem_timedwait* *sem_clockwait*", "semaphore",
		"the semaphore ", "post" },
	{ "*pthread_barrier_wait*", "barrier", "the barrier ", "reach" },
};

static const struct kind *kind_of(const struct thread_state *s)
{
	for (int i = 0; i < s->nframes; i++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
			if (s->frames[i].function[0] &&
				text_matches(kinds[k].functions,
					s->frames[i].function))
				return kinds[k].name ? &kinds[k] : NULL;
	return NULL;
}

/* Those of its process that wait at the same word, beside thread I. */
static int count_others(const struct explain_look *l, int i)
{
	const struct explain_wait *w = l->h->waits;
	const struct thread_state *s = l->h->hang.threads;
	int n = s[i].alike;

	for (int k = 0; k < l->h->hang.nthreads && w[i].word; k++)
		if (k != i && s[k].pid == s[i].pid && w[k].word == w[i].word)
			n += 1 + s[k].alike;
	return n;
}

static void say_who(struct text *t, const struct explain_look *l, int i)
{
	int others = count_others(l, i);

	text_put(t, "; ");
	who_thread(t, l, i);
	if (others)
		text_put(t, " and %d more", others);
	text_put(t, others ? " wait for " : " waits for ");
}

static void say_killed(struct text *t, const struct explain_lost *killed)
{
	if (killed)
		who_number(t, killed->process, killed->thread, killed->tid);
	else
		text_put(t, "the one that was killed");
}

/* A lock, or a word of which nothing is known but where it lies. */
static void say_word(struct text *t, const struct explain_look *l, int i)
{
	const struct explain_wait *w = &l->h->waits[i];
	char name[160];
	int owner = w->owner ? wait_find(l, w->owner) : -1;

	wait_name(w, name, sizeof(name));
	say_who(t, l, i);
	text_put(t, "%s", name);
	if (owner >= 0) {
		text_put(t, ", which ");
		who_thread(t, l, owner);
		text_put(t, " holds");
	} else if (!w->owner && !w->gone) {
		text_put(t, ", which does not tell who holds it");
	}
}

/* What nobody holds: who lives does not bring it. */
static void say_kind(struct text *t, const struct explain_look *l, int i,
	const struct kind *kind, const struct explain_lost *killed)
{
	char name[160];

	name_as(&l->h->waits[i], kind->name, kind->the, name, sizeof(name));
	say_who(t, l, i);
	text_put(t, "%s, which ", name);
	say_killed(t, killed);
	text_put(t, " may have been to %s", kind->brings);
}

static void say_end(struct text *t, const struct explain_look *l, int i,
	const struct explain_lost *killed)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	const struct explain_wait *w = &l->h->waits[i];
	const struct kind *kind = w->owner || w->gone ? NULL : kind_of(s);

	if (w->word && kind) {
		say_kind(t, l, i, kind, killed);
		return;
	}
	if (w->word) {
		say_word(t, l, i);
		return;
	}
	text_put(t, "; ");
	who_thread(t, l, i);
	if (s->waits_for[0])
		text_put(t, " waits for %s", s->waits_for);
	else
		text_put(t, " goes on, and does not end");
}

/* Thread I waits for the end of one that is not there to be asked. */
static void say_join(struct text *t, const struct explain_look *l, int i,
	const struct explain_lost *killed)
{
	const struct explain_wait *w = &l->h->waits[i];

	text_put(t, "; ");
	who_thread(t, l, i);
	if (killed && w->joins == killed->tid)
		text_put(t, " waits in pthread_join for it, and it cannot say "
			    "any more that it ended");
	else if (w->joins_gone)
		text_put(t,
			" joins thread %d, which has ended without saying "
			"so",
			(int)w->joins_gone);
	else
		text_put(t, " joins thread %d", (int)w->joins);
}

/* The one that all others wait for, most likely: the main thread; where it is
 * dead, or not among those that are shown, the first that lives. -1: none. */
static int first_of(const struct explain_look *l, int process)
{
	int first = -1;

	for (int i = l->h->hang.nthreads - 1; i >= 0; i--)
		if (l->h->waits[i].process == process &&
			!wait_is_dead(&l->h->hang.threads[i]) &&
			(first < 0 || l->h->waits[first].thread != 0))
			first = i;
	return first;
}

void wait_say(struct text *t, const struct explain_look *l, int process,
	const struct explain_lost *killed)
{
	const struct explain_wait *w = l->h->waits;
	int path[WAIT_JOINS], n = 0, next = first_of(l, process);

	while (next >= 0 && n < WAIT_JOINS) {
		path[n++] = next;
		next = w[next].joins ? wait_find(l, w[next].joins) : -1;
		if (next >= 0 && wait_is_dead(&l->h->hang.threads[next]))
			next = -1;
	}
	if (!n)
		return;
	if (w[path[n - 1]].joins || w[path[n - 1]].joins_gone)
		say_join(t, l, path[n - 1], killed);
	else
		say_end(t, l, path[n - 1], killed);
	while (--n > 0) {
		text_put(t, "; ");
		who_thread(t, l, path[n - 1]);
		text_put(t, " joins ");
		who_thread(t, l, path[n]);
	}
}
