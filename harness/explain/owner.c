/* SPDX-License-Identifier: MIT */
/*
 * owner.c: who holds what a thread of a hang waits on.
 *
 * A lock names its owner in one of these ways: the word itself holds a thread
 * (PI and robust locks, musl's error-checking ones); the word begins a glibc
 * pthread_mutex_t, whose __owner is 8 bytes on (sysdeps/nptl/bits/
 * struct_mutex.h, the same on i386); it begins an _IO_lock_t of glibc's stdio,
 * where 8 bytes on is the owner's thread control block (sysdeps/nptl/
 * stdio-lock.h). The numbers are believed when they name a thread that is
 * there, or that is known to have been killed; what is surely a mutex is
 * believed when it names one that has ended. glibc's malloc locks name nobody:
 * there it is the dead thread's stack that tells.
 */
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>

#include "explain/owner.h"
#include "sys/mem.h"
#include "sys/proc.h"
#include "sys/text.h"

/* The thread that thread I can mean by OWN, a number in its PID namespace; 0:
 * none is known. A private lock is its own process's. */
static pid_t by_own_tid(const struct explain_look *l, int i, pid_t own)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	int process = l->h->waits[i].process;
	bool any = !(s->args[1] & FUTEX_PRIVATE_FLAG);

	for (int k = 0; k < l->nlost; k++)
		if (own > 0 && l->lost[k].own_tid == own &&
			(any || process < 0 || l->lost[k].process == process))
			return l->lost[k].tid;
	for (int k = 0; k < l->h->hang.nthreads; k++) {
		const struct thread_state *t = &l->h->hang.threads[k];

		if (own > 0 && (any || t->pid == s->pid) &&
			proc_own_tid(t->tid) == own)
			return t->tid;
	}
	return 0;
}

static pid_t by_tcb(const struct explain_look *l, uint64_t tcb)
{
	for (int i = 0; i < l->nlost; i++)
		if (tcb && l->lost[i].tcb == tcb)
			return l->lost[i].tid;
	for (int i = 0; i < l->h->hang.nthreads; i++)
		if (tcb && l->h->waits[i].tcb == tcb)
			return l->h->hang.threads[i].tid;
	return 0;
}

bool explain_look_calls(const struct thread_state *s, const char *functions)
{
	for (int i = 0; i < s->nframes; i++)
		if (s->frames[i].function[0] &&
			text_matches(functions, s->frames[i].function))
			return true;
	return false;
}

static void take_owner(
	const struct explain_look *l, int i, pid_t own, const char *told)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	struct explain_wait *w = &l->h->waits[i];

	w->owner = by_own_tid(l, i, own);
	w->told = told;
	/* What follows a word may be anything, unless it is a mutex. */
	if (!w->owner && own > 0 && (s->args[1] & FUTEX_PRIVATE_FLAG) &&
		explain_look_calls(s, "*pthread_mutex_*lock*") &&
		!proc_has_own_tid(s->pid, own))
		w->gone = own;
}

struct lock {
	uint32_t word, count;
	union {
		uint64_t tcb; /* of a stream's lock */
		struct {
			int32_t tid;
			/* In this order on x86-64, the other on i386. */
			uint32_t users, kind;
		};
	} owner;
};

/* A glibc mutex that has waiters has an owner, and users: at least that one.
 * The other number is its kind, of at most ten bits (nptl/pthreadP.h). */
static bool is_mutex(const struct lock *lock)
{
	uint32_t users = lock->owner.users, kind = lock->owner.kind;

	return lock->word == 2 && (users || kind) && users < 1 << 16 &&
	       kind < 1 << 16;
}

static void find_owner(const struct explain_look *l, int i)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	struct explain_wait *w = &l->h->waits[i];
	int op = (int)s->args[1] & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	struct lock lock = { 0 };

	if (!mem_read_all(s->tid, w->word, &lock, sizeof(lock)) || !lock.word)
		return;
	/* Somebody waits: so a word that names a thread has this bit too. */
	if (lock.word & FUTEX_WAITERS)
		take_owner(l, i, (pid_t)(lock.word & FUTEX_TID_MASK),
			"the word names it");
	else if (op == FUTEX_WAIT && is_mutex(&lock))
		take_owner(l, i, lock.owner.tid, "the mutex names it");
	if (w->owner || w->gone || op != FUTEX_WAIT)
		return;
	w->owner = by_tcb(l, lock.owner.tcb);
	w->told = "the stream's lock names it";
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
			text_matches(functions, p->frames[i].function))
			return true;
	return false;
}

/* The lost thread that must have held the lock, by what it was doing. */
static void find_holder(const struct explain_look *l, struct explain_wait *w)
{
	char first[128];

	/* A file may be called as a lock is. */
	if (!strstr(w->where, " (") && w->where[0] != '[')
		return;
	snprintf(first, sizeof(first), "%s", w->where);
	first[strcspn(first, " ")] = '\0';
	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++)
		for (int k = 0;
			text_matches(locks[i].where, first) && k < l->nlost;
			k++)
			if (was_in(l->lost[k].place, locks[i].functions)) {
				w->owner = l->lost[k].tid;
				w->told = "it was inside when it died";
				return;
			}
}

/* Whose struct pthread, which begins at the thread's pointer, holds the word.
 */
static pid_t by_block(const struct explain_look *l, int i, uint64_t word)
{
	uint64_t nearest = 4096;
	pid_t found = 0;

	for (int k = 0; k < l->h->hang.nthreads; k++) {
		const struct thread_state *t = &l->h->hang.threads[k];
		uint64_t tcb = l->h->waits[k].tcb;

		if (t->pid != l->h->hang.threads[i].pid || !tcb || tcb > word ||
			word - tcb >= nearest)
			continue;
		nearest = word - tcb;
		found = t->tid;
	}
	return found;
}

/*
 * Whom it joins. glibc waits on the number of the thread, since 2.43 on its
 * joinstate beside it, which the kernel clears when the thread ends, however
 * that is (clone(2), CLONE_CHILD_CLEARTID): who is killed is joined. musl
 * waits, privately, on detach_state, two words behind the number
 * (src/internal/pthread_impl.h), and that only pthread_exit changes.
 */
static bool find_joined(const struct explain_look *l, int i)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	struct explain_wait *w = &l->h->waits[i];
	bool musl = s->args[1] & FUTEX_PRIVATE_FLAG;
	int32_t own = (int32_t)s->args[2];

	if (!explain_look_calls(s, "*pthread_join* *pthread_timedjoin* "
				   "*pthread_clockjoin* thrd_join") ||
		(musl && !mem_read_all(s->tid, w->word - 8, &own, sizeof(own))))
		return false;
	if (!musl)
		w->joins = by_block(l, i, w->word);
	if (!w->joins)
		w->joins = by_own_tid(l, i, own);
	if (!w->joins && musl && own > 0 && !proc_has_own_tid(s->pid, own))
		w->joins_gone = own;
	return w->joins || w->joins_gone;
}

void explain_look_at(const struct explain_look *l, int i)
{
	const struct thread_state *s = &l->h->hang.threads[i];
	struct explain_wait *w = &l->h->waits[i];

	if (strncmp(s->call, "futex", 5) != 0)
		return;
	w->word = s->args[0];
	stack_describe(l->stacks, s->tid, w->word, w->where, sizeof(w->where));
	if (find_joined(l, i))
		return;
	find_owner(l, i);
	if (!w->owner && !w->gone)
		find_holder(l, w);
}
