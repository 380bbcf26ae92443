/* SPDX-License-Identifier: MIT */
/* inside_drain.c: who sleeps for ever, and how he is woken. */
#include <limits.h>

#include "inside_int.h"
#include "probe.h"

#define DRAINS 200 /* rounds, before an executor is given up */

/* How many threads are in a call that may sleep at the word of S. */
static int waiters(const struct step *s)
{
	int n = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		const struct thread *t = inside.threads[i];
		const struct step *other = t->in;

		n += other && t->finished != inside.number &&
		     other->word == s->word;
	}
	return n;
}

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

long inside_asleep(void)
{
	long sum = 0;

	for (int i = 0; i < PROGRAM_THREADS; i++) {
		struct thread *t = inside.threads[i];
		const struct step *s = t->in;

		sum += t->moved;
		if (t->leaving && __atomic_load_n(&t->alive, __ATOMIC_SEQ_CST))
			return -1;
		if (t->finished == inside.number)
			continue;
		if (!s || !program_times_out(s->op) || s->fourth >= 0 ||
			inside_owns(t, s->word) || inside_owns(t, s->word2) ||
			inside_sleepers(s) < waiters(s))
			return -1;
	}
	return sum;
}

static void wake_word(int i)
{
	volatile int *word = inside_word(i);

	for (int flag = 0; flag <= FUTEX_PRIVATE_FLAG;
		flag += FUTEX_PRIVATE_FLAG) {
		sys_futex(word, FUTEX_WAKE | flag, INT_MAX, NULL, NULL, 0);
		/* Waiters that want to be moved: to whichever word they named.
		 */
		for (int k = 0; k < inside.h->program.nwords; k++)
			if (k != i && inside_readable(i))
				sys_futex(word, FUTEX_CMP_REQUEUE_PI | flag, 1,
					(void *)(long)INT_MAX, inside_word(k),
					*word);
	}
}

bool inside_drain(int started)
{
	inside.draining = 1;
	for (int round = 0; round < DRAINS; round++) {
		if (__atomic_load_n(&inside.finished, __ATOMIC_SEQ_CST) ==
			started)
			return true;
		for (int i = 0; i < inside.h->program.nwords; i++)
			wake_word(i);
		inside_nap(50000);
	}
	return false;
}
