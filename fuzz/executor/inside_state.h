/* SPDX-License-Identifier: MIT */
/* inside_state.h: what is inside the filter, for inside*.c and planted.c. */
#ifndef EXECUTOR_INSIDE_STATE_H
#define EXECUTOR_INSIDE_STATE_H

#include <linux/futex.h>

#include "executor/handover.h"
#include "executor/memory.h"

#define ROBUST_ENTRY 16 /* a word's link lies so many bytes behind it */

struct thread {
	int tid;
	int number;	       /* which thread of the program it is */
	int alive;	       /* cleared by the kernel at the end; a futex */
	volatile int finished; /* the program's number, when it was done */
	volatile int leaving;  /* it ends by exit(2) */
	const struct step *volatile in; /* the futex step it is in, or NULL */
	struct robust_list_head robust;
	uint64_t *cover; /* its buffer (cover.h) */
};

struct inside {
	struct handover *h;
	const struct memory_map *memory;
	struct thread pool[POOL];
	struct thread *threads[PROGRAM_THREADS];
	int spare;	      /* the next that was not used */
	int started, leavers; /* threads of the program; those that exited */
	int finished;	      /* a futex: counts threads */
	volatile int draining;
	volatile int stalemates; /* that were ended */
	volatile bool wrote;	 /* to the pipe */
	bool collected;
	volatile int *volatile dropped; /* whose page went away last */
	volatile bool forked;		/* its pages are to be copied */
	int number;			/* of the program */
};

extern struct inside inside;

volatile int *inside_word(int i);

/* False when it cannot be read without a fault, as a whole number of bytes. */
bool inside_value(int i, int *value);

/* Takes down what the words hold, once for a program, and sets them to 0. */
void inside_collect(void);

/* T sleeps in its futex step: waiters are counted by a requeue. False where
 * that answers EINVAL, as PI waiters get it: then the outer side can tell. */
bool inside_sleeps(const struct thread *t);

/* The calling thread rests (struct sight). */
void inside_rest(void);

/* The outer side is to look. */
void inside_call(void);

/* All who wait for another's sleep look why. */
void inside_tell_all(void);

/* The word says that T has the lock. */
bool inside_owns(const struct thread *t, int word);

/* The next number of the one order of all begins and ends. */
static inline int inside_tick(void)
{
	return (int)__atomic_add_fetch(
		&inside.h->sight.clock, 1, __ATOMIC_SEQ_CST);
}

/* Has the outer side do the step I, a `prio`. 0 or a negative errno. */
long inside_ask_prio(long i);

/* Has the outer side stop all of us, by SIGSTOP and SIGCONT; returns when it is
 * over. Takes no time-out. */
void inside_ask_stop(void);

#endif
