/* SPDX-License-Identifier: MIT */
/*
 * inside.c: what runs inside the filter: threads that do the steps, and a
 * leader that starts them, sees when all sleep, and wakes who is left over. It
 * calls read, write, futex and exit, and no libc.
 */
#include <errno.h>
#include <limits.h>

#include "arm.h"
#include "inside_int.h"
#include "probe.h"

/* How long nothing may move before the leader looks who sleeps. */
#define QUIET_NS 60000
#define QUIETS	 8  /* looks in a row that find the same PI waiters */
#define UNSURE	 60 /* the same, where only time tells */

struct inside inside;

static bool stops(void)
{
	for (int i = 0; i < inside.h->program.nsteps; i++)
		if (inside.h->program.steps[i].kind == STEP_STOP)
			return true;
	return false;
}

/* A stop turns a timed wait into restart_syscall, which the filter may kill:
 * where the program stops us, only its own waits may be timed. */
static void spin(long ns)
{
	uint64_t end =
		inside_ticks() + (uint64_t)ns * inside.h->ticks_per_us / 1000;

	while (inside_ticks() < end)
		__builtin_ia32_pause();
}

void inside_nap(long ns)
{
	if (inside.spins)
		spin(ns);
	else
		probe_nap(ns);
}

static void work(void *arg)
{
	struct thread *t = arg;
	int seen = 0;

	t->robust.list.next = &t->robust.list;
	t->robust.futex_offset = -ROBUST_ENTRY;
	sys(__NR_set_robust_list, &t->robust, sizeof(t->robust));
	t->tid = (int)sys(__NR_gettid);
	for (;;) {
		while (__atomic_load_n(&t->start, __ATOMIC_SEQ_CST) == seen)
			sys_futex(&t->start, FUTEX_WAIT_PRIVATE, seen, NULL,
				NULL, 0);
		seen = __atomic_load_n(&t->start, __ATOMIC_SEQ_CST);
		inside_steps(t);
		t->finished = inside.number;
		__atomic_add_fetch(&inside.finished, 1, __ATOMIC_SEQ_CST);
		sys_futex(
			&inside.finished, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
		if (t->leaving)
			sys_exit(0);
	}
}

/* Words, pipe and marks as if no program had been before. */
static void reset(void)
{
	const struct program *p = &inside.h->program;
	char bytes[64] = { 0 };

	while (sys(__NR_read, inside.memory->pipe[0], bytes, sizeof(bytes)) > 0)
		;
	for (int i = 0; i < p->nwords; i++)
		if (program_writable(p, i))
			*inside_word(i) = (int)p->words[i].value;
	for (int i = 0; i < PROGRAM_THREADS; i++)
		inside.h->result.tids[i] = inside.threads[i]->tid;
	inside.draining = 0;
	inside.collected = false;
	inside.finished = 0;
	inside.clock = 0;
	inside.spins = stops();
}

static int start_threads(void)
{
	const struct program *p = &inside.h->program;
	int started = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = inside.threads[i];
		int k = 0;

		while (k < p->nsteps && p->steps[k].thread != i)
			k++;
		if (k == p->nsteps) {
			t->finished = inside.number;
			continue;
		}
		started++;
		__atomic_add_fetch(&t->start, 1, __ATOMIC_SEQ_CST);
		sys_futex(&t->start, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	}
	return started;
}

/* True when the time passed and DONE still holds. */
static bool quiet(int done)
{
	const struct sys_timespec time = { 0, QUIET_NS };

	if (!inside.spins)
		return sys_futex(&inside.finished, FUTEX_WAIT_PRIVATE, done,
			       &time, NULL, 0) == -ETIMEDOUT;
	spin(QUIET_NS);
	return __atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST) == done;
}

static int patience(enum doubt doubt)
{
	return doubt == DOUBT_ALL ? UNSURE : QUIETS;
}

static bool run_program(void)
{
	int started, done, quiets = 0;
	long before = -1;

	inside.number++;
	reset();
	started = start_threads();
	for (;;) {
		done = __atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST);
		if (done == started)
			return true;
		if (quiet(done)) {
			enum doubt doubt;
			long now = inside_asleep(&doubt);

			if (inside_lost())
				return false;
			if (inside_stalemate())
				continue;
			if (now >= 0 && doubt == DOUBT_NONE)
				return inside_drain(started);
			/* A PI waiter may be one of several that look
			 * alike: it takes some patience. */
			quiets = now >= 0 && now == before ? quiets + 1 : 0;
			if (quiets == patience(doubt))
				return inside_drain(started);
			before = now;
		}
	}
}

/* A thread that left is waited for, and followed by a spare. */
static void replace_threads(void)
{
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = inside.threads[i];

		if (!t->leaving)
			continue;
		probe_join(&t->alive);
		if (inside.spare == POOL)
			inside.h->spent = 1;
		else
			inside.threads[i] = &inside.pool[inside.spare++];
	}
}

void inside_collect(void)
{
	const struct program *p = &inside.h->program;
	struct result *r = &inside.h->result;

	for (int i = 0; i < p->nwords; i++)
		if (program_writable(p, i) && !inside.collected)
			r->words[i] = (uint32_t)*inside_word(i);
	inside.collected = true;
	for (int i = 0; i < p->nwords; i++) {
		volatile int *word = inside_word(i);

		if (!program_writable(p, i))
			continue;
		*word = 0;
		*(volatile long *)((volatile char *)word + ROBUST_ENTRY) = 0;
	}
}

/* What is not 0 after inside_collect(), nobody may have written. */
static void look_for_strays(int kind, struct result *r)
{
	unsigned long in_page =
		(unsigned long)inside.memory->at[kind] % MEMORY_PAGE;
	uint64_t *at = (void *)(inside.memory->at[kind] - in_page), any = 0;
	size_t n = memory_size(kind) / sizeof(*at);

	for (size_t i = 0; i < n; i++)
		any |= at[i];
	for (size_t i = 0; any && i < n; i++) {
		if (!at[i])
			continue;
		r->stray = kind + 1;
		r->stray_at = (int32_t)(i * sizeof(*at) - in_page);
		at[i] = 0;
	}
}

static void check_memory(void)
{
	const struct program *p = &inside.h->program;
	bool page_end = false;

	for (int i = 0; i < p->nwords; i++)
		page_end |= p->words[i].memory == MEMORY_PAGE_END;
	for (int i = 0; i < MEMORY_KINDS; i++)
		if (memory_size(i) && (i != MEMORY_PAGE_END || page_end))
			look_for_strays(i, &inside.h->result);
}

static void hand_back(uint32_t number)
{
	if (!inside.h->result.stuck) {
		replace_threads();
		inside_collect();
		check_memory();
	}
	__atomic_store_n(&inside.h->back, number, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&inside.h->done, 1, __ATOMIC_SEQ_CST);
	sys_futex(&inside.h->done, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void tell_ready(int err)
{
	__atomic_store_n(&inside.h->ready, (uint32_t)err + 1, __ATOMIC_SEQ_CST);
	sys_futex(&inside.h->ready, FUTEX_WAKE, 1, NULL, NULL, 0);
	if (err)
		sys_exit(1);
}

void inside_serve(struct handover *h, const struct memory_map *memory)
{
	uint32_t seen = 0;

	inside.h = h;
	inside.memory = memory;
	inside.spare = PROGRAM_THREADS;
	for (int i = 0; i < POOL; i++) {
		struct thread *t = &inside.pool[i];
		long tid = probe_thread(work, t, &t->alive);

		if (tid < 0)
			tell_ready((int)-tid);
		if (i < PROGRAM_THREADS)
			inside.threads[i] = t;
	}
	/* Out of libc's and clone's way before the filter comes. */
	for (int i = 0; i < POOL; i++)
		while (!((volatile struct thread *)&inside.pool[i])->tid)
			probe_nap(10000);
	tell_ready(arm_page(&h->arm));
	for (;;) {
		while (__atomic_load_n(&h->go, __ATOMIC_SEQ_CST) == seen)
			sys_futex(&h->go, FUTEX_WAIT, seen, NULL, NULL, 0);
		seen = __atomic_load_n(&h->go, __ATOMIC_SEQ_CST);
		h->result.stuck = !run_program();
		hand_back(seen);
	}
}

static struct canary {
	int alive;
	int *word, private;
} canaries[4];

static struct handover *nest;

static void canary_sleep(void *arg)
{
	const struct canary *c = arg;

	__atomic_add_fetch(&nest->canary_ready, 1, __ATOMIC_SEQ_CST);
	for (;;)
		if (!sys_futex(c->word, FUTEX_WAIT | c->private, *c->word, NULL,
			    NULL, 0))
			__atomic_add_fetch(&nest->woken, 1, __ATOMIC_SEQ_CST);
}

void inside_canary(struct handover *h, const struct memory_map *memory)
{
	int *words[] = { (int *)memory->at[MEMORY_PRIVATE],
		(int *)memory->at[MEMORY_PRIVATE], (int *)&h->canary_word,
		(int *)(memory->at[MEMORY_FILE_COPY]) };

	nest = h;
	for (int i = 0; i < 4; i++) {
		canaries[i].word = words[i];
		canaries[i].private = i % 2 ? FUTEX_PRIVATE_FLAG : 0;
		probe_thread(canary_sleep, &canaries[i], &canaries[i].alive);
	}
	for (;;)
		probe_join(&canaries[0].alive);
}
