/* SPDX-License-Identifier: MIT */
/*
 * explain_hang.c: what the threads of a hang wait on, who holds it, and why.
 *
 * A lock names its owner in one of these ways: the word itself holds a thread
 * (PI and robust locks, musl's error-checking ones); the word begins a glibc
 * pthread_mutex_t, whose __owner is 8 bytes on (sysdeps/nptl/bits/
 * struct_mutex.h, the same on i386); it begins an _IO_lock_t of glibc's stdio,
 * where 8 bytes on is the owner's thread control block (sysdeps/nptl/
 * stdio-lock.h). The numbers are believed when they name a thread that is
 * there, or that is known to have been killed. glibc's malloc locks name
 * nobody: there it is the dead thread's stack that tells.
 */
#include "explain_hang.h"

#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>

#include "explain_report.h"
#include "judge.h"
#include "text.h"

struct look {
	struct explain_hang *h;
	struct stack_cache *stacks;
	const struct explain_lost *lost;
	int nlost;
};

static bool read_memory(pid_t tid, uint64_t at, void *to, size_t size)
{
	struct iovec local = { to, size }, remote = { (void *)at, size };

	return process_vm_readv(tid, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

static const struct explain_lost *find_lost(const struct look *l, pid_t tid)
{
	for (int i = 0; i < l->nlost; i++)
		if (l->lost[i].tid == tid)
			return &l->lost[i];
	return NULL;
}

static int find_thread(const struct look *l, pid_t tid)
{
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (l->h->hang.threads[i].tid == tid)
			return i;
	return -1;
}

static bool is_thread(const struct look *l, pid_t tid)
{
	return tid > 0 && (find_thread(l, tid) >= 0 || find_lost(l, tid));
}

static pid_t by_tcb(const struct look *l, uint64_t tcb)
{
	for (int i = 0; i < l->nlost; i++)
		if (tcb && l->lost[i].tcb == tcb)
			return l->lost[i].tid;
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (tcb && l->h->waits[i].tcb == tcb)
			return l->h->hang.threads[i].tid;
	return 0;
}

static void find_owner(const struct look *l, struct explain_wait *w,
	const struct thread_state *s)
{
	int op = (int)s->args[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	struct {
		uint32_t word, count;
		union {
			int32_t tid;
			uint64_t tcb;
		} owner;
	} lock = { 0 };

	if (!read_memory(s->tid, w->word, &lock, sizeof(lock)) || !lock.word)
		return;
	if (is_thread(l, (pid_t)(lock.word & FUTEX_TID_MASK))) {
		w->owner = (pid_t)(lock.word & FUTEX_TID_MASK);
		w->told = "the word names it";
	} else if (op == FUTEX_WAIT && lock.word == 2 &&
		   is_thread(l, lock.owner.tid)) {
		w->owner = lock.owner.tid;
		w->told = "the mutex names it";
	} else if (op == FUTEX_WAIT && by_tcb(l, lock.owner.tcb)) {
		w->owner = by_tcb(l, lock.owner.tcb);
		w->told = "the stream's lock names it";
	}
}

/* Locks without an owner, and the functions that hold them. */
static const struct {
	const char *where, *functions;
} locks[] = {
	{ "main_arena* *[[]heap]*",
		"sysmalloc* _int_malloc* _int_free* _int_realloc* systrim* "
		"heap_trim* grow_heap malloc_consolidate arena_get2 "
		"__malloc_arena_thread_freeres ptmalloc_init*" },
	{ "lock+* __malloc_lock+* free_lock+* __malloc_*",
		"alloc_slot alloc_group __malloc_alloc_meta __expand_heap "
		"__libc_malloc_impl __libc_free malloc free realloc" },
};

static bool was_in(const struct explain_place *p, const char *functions)
{
	for (int i = 0; p && i < p->nframes; i++)
		if (p->frames[i].function[0] &&
			judge_list(functions, p->frames[i].function))
			return true;
	return false;
}

/* The lost thread that must have held the lock, by what it was doing. */
static void find_holder(const struct look *l, struct explain_wait *w)
{
	char first[128];

	snprintf(first, sizeof(first), "%s", w->where);
	first[strcspn(first, " ")] = '\0';
	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++)
		for (int k = 0;
			judge_list(locks[i].where, first) && k < l->nlost; k++)
			if (was_in(l->lost[k].place, locks[i].functions)) {
				w->owner = l->lost[k].tid;
				w->told = "it was inside when it died";
				return;
			}
}

static void look_at(const struct look *l, int i)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	struct explain_wait *w = &l->h->waits[i];
	char where[sizeof(w->where)];

	if (strncmp(s->call, "futex", 5) != 0)
		return;
	w->word = s->args[0];
	stack_describe(l->stacks, s->tid, w->word, where, sizeof(where));
	text_show(where, w->where, sizeof(w->where));
	find_owner(l, w, s);
	if (!w->owner)
		find_holder(l, w);
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
	for (int i = 0; i < l->h->hang.nthreads; i++) {
		const struct thread_state *s = &l->h->hang.threads[i];

		for (int k = 0; k < s->nframes; k++)
			if (s->frames[k].function[0] &&
				judge_list(functions, s->frames[k].function)) {
				*who = i;
				return true;
			}
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
		say_ring(&t, l);
		return;
	}
	say_lost(&t, guilty);
	if (held_by(l, guilty->tid)) {
		char what[128];

		snprintf(what, sizeof(what), "%s",
			held_by(l, guilty->tid)->where);
		what[strcspn(what, "+")] = '\0';
		/* The first member of glibc's struct malloc_state. */
		say(&t, ", holding %s%s", what[0] ? what : "a lock",
			strcmp(what, "main_arena") ? "" : ".mutex");
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
