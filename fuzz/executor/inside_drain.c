/* SPDX-License-Identifier: MIT */
/* inside_drain.c: who sleeps for ever, and how he is woken. */
#include <errno.h>
#include <limits.h>

#include "program/facts.h"
#include "executor/inside_drain.h"
#include "probe/probe.h"

#define DRAINS 400 /* rounds, before an executor is given up */
#define POKE   8   /* the first round in which a stop is asked for */

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

/* The word says that its caller has the lock, or was given the one that he was
 * to be moved to: he is on his way, or the word was forged. */
static bool was_given(const struct thread *t, const struct step *s)
{
	switch (facts_cmd(s)) {
	case FUTEX_LOCK_PI:
	case FUTEX_LOCK_PI2:
		return inside_owns(t, s->word);
	case FUTEX_WAIT_REQUEUE_PI:
		return inside_owns(t, s->word2);
	default:
		return false;
	}
}

static long moved(void)
{
	long sum = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++)
		sum += inside.threads[i]->moved;
	return sum;
}

long inside_asleep(enum doubt *doubt)
{
	int waiters = 0, plain = 0, n;
	bool pi = false, given = false;
	long before = moved();

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct thread *t = inside.threads[i];
		const struct step *s = t->in;

		if (t->leaving && __atomic_load_n(&t->alive, __ATOMIC_SEQ_CST))
			return -1;
		if (t->finished == inside.number)
			continue;
		if (!s || !program_times_out(s->op) || s->fourth >= 0)
			return -1;
		given |= was_given(t, s);
		waiters++;
		plain += facts_waits(s);
	}
	n = inside_sleepers(&pi);
	*doubt = given || (pi && n < plain) ? DOUBT_ALL
		 : pi			    ? DOUBT_PI
					    : DOUBT_NONE;
	/* Those counted are those who were looked at. */
	if (moved() != before)
		return -1;
	return n >= waiters || pi || given ? before : -1;
}

bool inside_proven(uint32_t asleep)
{
	for (int i = 0; i < PROGRAM_THREADS; i++)
		if (inside.threads[i]->finished != inside.number &&
			!(asleep >> i & 1))
			return false;
	return asleep != ASLEEP_UNKNOWN;
}

bool inside_stalemate(void)
{
	bool any = false;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct thread *t = inside.threads[i];
		const struct thread *other = t->watched;

		if (t->finished == inside.number || t->in)
			continue;
		/* He runs, or will see that the other sleeps or is done. */
		if (!other || !other->watched ||
			other->finished == inside.number)
			return false;
		any = true;
	}
	if (any)
		inside.stalemates++;
	return any;
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

bool inside_drain(int started)
{
	bool stops = inside.spins;

	if (!inside.draining)
		inside.h->result.drained = (uint16_t)inside_tick();
	inside.draining = 1;
	/* Nobody may have a time-out when the stop comes: we are not in one
	 * then, but others may be. */
	inside.spins = true;
	for (int round = 0; round < DRAINS; round++) {
		__atomic_add_fetch(&inside.h->looks, 1, __ATOMIC_SEQ_CST);
		if (__atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST) ==
			started)
			return true;
		for (int i = 0; i < inside.h->program.nwords; i++)
			wake_word(i);
		if (stops)
			inside_nap(50000);
		else
			probe_nap(50000);
		if (round >= POKE && !(round & (round - 1)))
			poke(round);
	}
	return false;
}
