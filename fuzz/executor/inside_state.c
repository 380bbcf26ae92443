/* SPDX-License-Identifier: MIT */
/*
 * inside_state.c: what is inside the filter: the program's words, and what all
 * who are in there ask of them and of each other.
 */
#include "executor/inside_state.h"

#include <errno.h>
#include <limits.h>

#include "probe/probe.h"
#include "program/facts.h"

struct inside inside;

volatile int *inside_word(int i)
{
	const struct program *p = &inside.h->program;
	int kind = p->words[i].memory;

	return (volatile int *)(inside.memory->at[kind] +
				(size_t)program_place(p, i) *
					memory_stride(kind));
}

bool inside_value(int i, int *value)
{
	int memory = inside.h->program.words[i].memory;

	if ((unsigned long)inside_word(i) & 3 ||
		(!program_writable(&inside.h->program, i) &&
			memory != MEMORY_READ_ONLY))
		return false;
	*value = *inside_word(i);
	return true;
}

bool inside_owns(const struct thread *t, int word)
{
	int value;

	return inside_value(word, &value) && (value & FUTEX_TID_MASK) == t->tid;
}

/*
 * Who stands in the queues of the program's words: a requeue of everybody onto
 * the same word moves nobody and counts them (kernel/futex/requeue.c). *PI is
 * set when there are some who cannot be counted, PI waiters at least.
 */
static int sleepers(bool *pi)
{
	const struct program *p = &inside.h->program;
	int sum = 0;

	for (int i = 0; i < 2 * p->nwords; i++) {
		volatile int *word = inside_word(i / 2);
		long n;

		if (facts_key(p, i / 2, i % 2) != i)
			continue;
		n = sys_futex(word,
			FUTEX_REQUEUE | (i % 2 ? FUTEX_PRIVATE_FLAG : 0), 0,
			(void *)(long)INT_MAX, word, 0);
		if (n == -EINVAL && !((unsigned long)word & 3))
			*pi = true;
		sum += n > 0 ? (int)n : 0;
	}
	return sum;
}

/* Those who are in a call that may sleep, and must be found; -1 when somebody
 * is in one that may wake or move them. */
static int waiters(void)
{
	int n = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct step *s = inside.threads[i]->in;

		if (s && !program_times_out(s->op))
			return -1;
		n += s != NULL;
	}
	return n;
}

static uint32_t calls(void)
{
	uint32_t sum = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		sum += __atomic_load_n(
			&inside.h->sight.calls[i], __ATOMIC_SEQ_CST);
	return sum;
}

/* A call is counted after it is shown that a thread is in it, and again before
 * that is taken back: who was counted as asleep, and in which calls, are the
 * same when no call was counted meanwhile. */
bool inside_sleeps(const struct thread *t)
{
	uint32_t before = calls();
	int n = waiters();
	bool pi = false;

	return n >= 0 && t->in && sleepers(&pi) >= n && !pi &&
	       calls() == before;
}

void inside_call(void)
{
	struct handover *h = inside.h;

	__atomic_add_fetch(&h->done, 1, __ATOMIC_SEQ_CST);
	sys_futex(&h->done, FUTEX_WAKE, 1, NULL, NULL, 0);
}

void inside_ask_stop(void)
{
	struct handover *h = inside.h;
	uint32_t mine = __atomic_add_fetch(&h->stops, 1, __ATOMIC_SEQ_CST), at;

	inside_call();
	while ((at = __atomic_load_n(&h->stopped, __ATOMIC_SEQ_CST)) < mine)
		sys_futex(&h->stopped, FUTEX_WAIT, at, NULL, NULL, 0);
}

long inside_ask_prio(long i)
{
	struct handover *h = inside.h;
	int thread = h->program.steps[i].thread;
	uint32_t *mine = &h->ranks[thread], step = (uint32_t)i + 1;

	__atomic_store_n(mine, step, __ATOMIC_SEQ_CST);
	inside_call();
	while (__atomic_load_n(mine, __ATOMIC_SEQ_CST))
		sys_futex(mine, FUTEX_WAIT, step, NULL, NULL, 0);
	return -h->refused[thread];
}

void inside_rest(void)
{
	if (!__atomic_sub_fetch(&inside.h->sight.running, 1, __ATOMIC_SEQ_CST))
		inside_call();
}

void inside_tell_all(void)
{
	for (int i = 0; i < PROGRAM_THREADS; i++)
		sight_tell(&inside.h->sight, i);
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
