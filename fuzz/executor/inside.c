/* SPDX-License-Identifier: MIT */
/*
 * inside.c: what runs inside the filter: threads that do the steps, and a
 * leader that starts them, sees when all sleep, and wakes who is left over. It
 * calls read, write, futex and exit, and no libc.
 */
#include <errno.h>
#include <limits.h>

#include "probe/arm.h"
#include "program/facts.h"
#include "executor/cover.h"
#include "executor/inside.h"
#include "executor/inside_drain.h"
#include "executor/inside_steps.h"
#include "probe/probe.h"

/* Words, pipe and marks as if no program had been before. */
static void reset(void)
{
	const struct program *p = &inside.h->program;
	char bytes[64] = { 0 };

	while (inside.wrote && sys(__NR_read, inside.memory->pipe[0], bytes,
				       sizeof(bytes)) > 0)
		;
	inside.wrote = false;
	for (int i = 0; i < p->nwords; i++)
		if (program_writable(p, i))
			*inside_word(i) = (int)p->words[i].value;
	for (int i = 0; i < PROGRAM_THREADS; i++)
		inside.h->result.tids[i] = inside.threads[i]->tid;
	inside.draining = 0;
	inside.collected = false;
	inside.dropped = NULL;
	inside.forked = false;
	inside.started = inside.leavers = inside.finished = 0;
}

static void start_thread(int i)
{
	uint32_t *start = &inside.h->start[inside.h->worker[i]];

	__atomic_add_fetch(start, 1, __ATOMIC_SEQ_CST);
	sys_futex(start, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static bool has_steps(int thread)
{
	const struct program *p = &inside.h->program;
	int k = 0;

	while (k < p->nsteps && p->steps[k].thread != thread)
		k++;
	return k < p->nsteps;
}

/* By the worker that was started first: T, or the leader, without one. */
static void begin(const struct thread *t)
{
	bool starts[PROGRAM_THREADS];

	struct sight *s = &inside.h->sight;
	uint32_t left = 0;

	inside.number = (int)inside.h->go;
	reset();
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		starts[i] = has_steps(i);
		inside.started += starts[i];
		left |= (uint32_t)starts[i] << i;
		if (!starts[i])
			inside.threads[i]->finished = inside.number;
	}
	__atomic_store_n(
		&s->running, (uint32_t)inside.started, __ATOMIC_SEQ_CST);
	__atomic_store_n(&s->left, left, __ATOMIC_SEQ_CST);
	__atomic_store_n(&inside.h->owner, OWNER_NOBODY, __ATOMIC_SEQ_CST);
	for (int i = 0; i < PROGRAM_THREADS; i++)
		if (starts[i] && inside.threads[i] != t)
			start_thread(i);
}

/* The leader's part: true when all came back. The outer side calls when all
 * sleep for good. */
static bool watch_program(void)
{
	struct handover *h = inside.h;

	for (;; __atomic_add_fetch(&h->looks, 1, __ATOMIC_SEQ_CST)) {
		uint32_t seen = __atomic_load_n(&h->look, __ATOMIC_SEQ_CST);
		uint32_t settled = __atomic_exchange_n(
			&h->sight.settled, 0, __ATOMIC_SEQ_CST);

		if (__atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST) ==
			inside.started)
			return true;
		if (inside_lost())
			return false;
		if (settled && settled == h->sight.clock && !inside_stalemate())
			return inside_drain(inside.started);
		inside_await(seen);
	}
}

static void employ(int thread, int worker)
{
	inside.pool[worker].number = thread;
	inside.threads[thread] = &inside.pool[worker];
	inside.h->worker[thread] = (uint32_t)worker;
}

/* A thread that left is waited for, and followed by a spare. */
static void replace_threads(void)
{
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = inside.threads[i];

		if (!t->leaving)
			continue;
		probe_join(&t->alive);
		cover_end(t->cover);
		if (inside.spare == POOL)
			inside.h->spent = 1;
		else
			employ(i, inside.spare++);
	}
}

/* So much at once as the compiler has registers for. */
typedef uint64_t eight __attribute__((vector_size(64)));

static bool is_zero(const eight *v, size_t size)
{
	eight any = { 0 };
	uint64_t all = 0;

	for (size_t i = 0; i < size / sizeof(*v); i++)
		any |= v[i];
	for (int i = 0; i < 8; i++)
		all |= any[i];
	return !all;
}

/* What is not 0 after inside_collect(), nobody may have written. */
static void look_for_strays(int kind, struct result *r)
{
	unsigned long in_page =
		(unsigned long)inside.memory->at[kind] % MEMORY_PAGE;
	uint64_t *at = (void *)(inside.memory->at[kind] - in_page);
	size_t n = memory_size(kind) / sizeof(*at);

	if (is_zero((const eight *)at, memory_size(kind)))
		return;
	for (size_t i = 0; i < n; i++) {
		if (!at[i])
			continue;
		r->stray = kind + 1;
		r->stray_at = (int32_t)(i * sizeof(*at) - in_page);
		at[i] = 0;
	}
}

/* Each kind that the program has a word in, and of the others one in turn: they
 * cost more than all its calls. */
static void check_memory(void)
{
	const struct program *p = &inside.h->program;
	bool looks[MEMORY_KINDS] = { false };

	looks[inside.number % MEMORY_KINDS] = true;
	for (int i = 0; i < p->nwords; i++)
		looks[p->words[i].memory] = true;
	for (int i = 0; i < MEMORY_KINDS; i++)
		if (looks[i] && memory_size(i))
			look_for_strays(i, &inside.h->result);
}

static void hand_back(void)
{
	if (!inside.h->result.stuck) {
		replace_threads();
		inside_collect();
		check_memory();
	}
	__atomic_store_n(
		&inside.h->back, (uint32_t)inside.number, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&inside.h->done, 1, __ATOMIC_SEQ_CST);
	sys_futex(&inside.h->done, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* True for one of those who call it, for each program. */
static bool take_over(uint32_t owner)
{
	uint32_t nobody = OWNER_NOBODY;

	return __atomic_compare_exchange_n(&inside.h->owner, &nobody, owner,
		false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static void call_leader(void)
{
	__atomic_add_fetch(&inside.h->look, 1, __ATOMIC_SEQ_CST);
	sys_futex(&inside.h->look, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void tell_watchers(const struct thread *t)
{
	struct sight *s = &inside.h->sight;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		if (__atomic_load_n(&s->watch[i], __ATOMIC_SEQ_CST) ==
			(uint32_t)t->number + 1)
			sight_tell(s, i);
}

/* Who leaves cannot wait for his own end: then the leader hands back. Nothing
 * of the program may be touched by who is not the last to count. */
static void finish(const struct thread *t)
{
	struct sight *s = &inside.h->sight;
	uint32_t bit = 1u << t->number;
	bool last, leavers, rest;

	if (t->leaving)
		__atomic_or_fetch(&s->leaving, bit, __ATOMIC_SEQ_CST);
	__atomic_and_fetch(&s->left, ~bit, __ATOMIC_SEQ_CST);
	tell_watchers(t);
	rest = !__atomic_sub_fetch(&s->running, 1, __ATOMIC_SEQ_CST);
	last = __atomic_add_fetch(&inside.finished, 1, __ATOMIC_SEQ_CST) ==
	       inside.started;
	leavers = inside.leavers;
	if (last && !leavers && take_over(OWNER_WORKER))
		hand_back();
	else if (last)
		call_leader();
	else if (rest)
		inside_call();
}

static void work(void *arg)
{
	struct thread *t = arg;
	uint32_t *start = &inside.h->start[t - inside.pool], seen = 0;

	t->robust.list.next = &t->robust.list;
	t->robust.futex_offset = -ROBUST_ENTRY;
	sys(__NR_set_robust_list, &t->robust, sizeof(t->robust));
	t->cover = cover_start(inside.h->cover[t - inside.pool]);
	t->tid = (int)sys(__NR_gettid);
	for (;;) {
		while (__atomic_load_n(start, __ATOMIC_SEQ_CST) == seen)
			sys_futex(start, FUTEX_WAIT, seen, NULL, NULL, 0);
		seen++;
		if (inside.number != (int)inside.h->go)
			begin(t);
		inside_steps(t);
		if (t->leaving)
			__atomic_add_fetch(
				&inside.leavers, 1, __ATOMIC_SEQ_CST);
		t->finished = inside.number;
		finish(t);
		if (t->leaving) {
			cover_begin(t->cover);
			sys_exit(0);
		}
	}
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
			employ(i, i);
	}
	/* Out of libc's and clone's way before the filter comes. */
	for (int i = 0; i < POOL; i++)
		while (!((volatile struct thread *)&inside.pool[i])->tid)
			probe_nap(10000);
	tell_ready(arm_page(&h->arm));
	for (;;) {
		while (__atomic_load_n(&h->look, __ATOMIC_SEQ_CST) == seen)
			sys_futex(&h->look, FUTEX_WAIT, seen, NULL, NULL, 0);
		seen = __atomic_load_n(&h->look, __ATOMIC_SEQ_CST);
		if (!h->program.nsteps && inside.number != (int)h->go)
			begin(NULL);
		if (!take_over(OWNER_LEADER))
			continue;
		__atomic_add_fetch(&h->sight.running, 1, __ATOMIC_SEQ_CST);
		h->result.stuck =
			!(inside.draining ? inside_drain(inside.started)
					  : watch_program());
		hand_back();
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
