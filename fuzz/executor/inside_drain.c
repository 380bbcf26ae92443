/* SPDX-License-Identifier: MIT */
/* inside_drain.c: who sleeps for ever, and how he is woken. */
#include <errno.h>
#include <limits.h>

#include "program/facts.h"
#include "executor/inside_drain.h"
#include "probe/probe.h"

#define DRAINS 400 /* rounds, before an executor is given up */
#define POKE   2   /* the first round in which a stop is asked for */

bool inside_lost(void)
{
	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct thread *t = inside.threads[i];

		if (!t->leaving &&
			!__atomic_load_n(&t->alive, __ATOMIC_SEQ_CST)) {
			inside.h->result.lost = i + 1;
			return true;
		}
	}
	return false;
}

bool inside_stalemate(void)
{
	const struct sight *s = &inside.h->sight;
	uint32_t any = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		any |= __atomic_load_n(&s->watch[i], __ATOMIC_SEQ_CST);
	if (!any)
		return false;
	inside.stalemates++;
	inside_tell_all();
	return true;
}

static void wake_word(int i)
{
	volatile int *word = inside_word(i);
	int value;

	for (int flag = 0; flag <= FUTEX_PRIVATE_FLAG;
		flag += FUTEX_PRIVATE_FLAG) {
		sys_futex(word, FUTEX_WAKE | flag, INT_MAX, NULL, NULL, 0);
		/* Waiters that want to be moved: to whichever word they named.
		 */
		for (int k = 0; k < inside.h->program.nwords; k++)
			if (k != i && inside_value(i, &value))
				sys_futex(word, FUTEX_CMP_REQUEUE_PI | flag, 1,
					(void *)(long)INT_MAX, inside_word(k),
					value);
	}
}

/*
 * Who waits for a PI lock whose owner, by what the word said, is a stranger, or
 * whose word was overwritten since, or to be moved to a word that faults, is
 * woken by no call of ours. A stop makes the kernel begin the call anew
 * (ERESTARTNOINTR; pi.c, requeue.c), and then the word has another value, and
 * an owner that no thread can have.
 */
static void poke(int round)
{
	inside_collect();
	for (int i = 0; i < inside.h->program.nwords; i++)
		if (program_writable(&inside.h->program, i))
			*inside_word(i) = FUTEX_TID_MASK - round;
	inside_ask_stop();
}

void inside_await(uint32_t seen)
{
	struct handover *h = inside.h;

	inside_rest();
	while (__atomic_load_n(&h->look, __ATOMIC_SEQ_CST) == seen)
		sys_futex(&h->look, FUTEX_WAIT, seen, NULL, NULL, 0);
	__atomic_add_fetch(&h->sight.running, 1, __ATOMIC_SEQ_CST);
}

bool inside_drain(int started)
{
	if (!inside.draining)
		inside.h->result.drained = (uint16_t)inside_tick();
	inside.draining = 1;
	for (int round = 0; round < DRAINS; round++) {
		uint32_t seen =
			__atomic_load_n(&inside.h->look, __ATOMIC_SEQ_CST);

		__atomic_add_fetch(&inside.h->looks, 1, __ATOMIC_SEQ_CST);
		if (__atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST) ==
			started)
			return true;
		for (int i = 0; i < inside.h->program.nwords; i++)
			wake_word(i);
		inside_tell_all();
		inside_await(seen);
		if (round >= POKE && !(round & (round - 1)))
			poke(round);
	}
	return false;
}
