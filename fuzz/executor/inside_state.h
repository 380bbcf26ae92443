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
	int alive;	       /* cleared by the kernel at the end; a futex */
	volatile int finished; /* the program's number, when it was done */
	volatile int leaving;  /* it ends by exit(2) */
	volatile int moved;    /* counts steps begun and ended */
	volatile int calls;    /* counts futex calls, begun and ended */
	const struct step *volatile in;	 /* the futex step it is in, or NULL */
	struct thread *volatile watched; /* whose sleep it waits for, or NULL */
	struct robust_list_head robust;
};

struct inside {
	struct handover *h;
	const struct memory_map *memory;
	struct thread pool[POOL];
	struct thread *threads[PROGRAM_THREADS];
	int spare;	      /* the next that was not used */
	int started, leavers; /* threads of the program; those that exited */
	int finished;	      /* a futex: counts threads */
	int clock;	      /* counts begins and ends of steps */
	bool spins;	      /* this program must not meet our timed waits */
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

/*
 * Who stands in the queues of the program's words: a requeue of everybody onto
 * the same word moves nobody and counts them (kernel/futex/requeue.c). *PI is
 * set when there are some who cannot be counted, PI waiters at least.
 */
int inside_sleepers(bool *pi);

/* Asks the outer side which of the program's threads the kernel says to be
 * asleep, a bit each. */
uint32_t inside_ask_asleep(void);

/* T, or one whom it waits for in a `sleeps` of its own, wants a processor, as
 * the outer side says. */
bool inside_moves(const struct thread *t);

/* T sleeps in its futex step. Waiters are counted by a requeue; where that
 * answers EINVAL, as PI waiters get it, the outer side is asked, and *SURE is
 * false when it cannot say. */
bool inside_sleeps(const struct thread *t, bool *sure);

/* A PI waiter that was given the lock, as the word says, is only on its way:
 * it stands in the kernel's queue until it runs (kernel/futex/pi.c). */
bool inside_owns(const struct thread *t, int word);

/* The next number of the one order of all begins and ends. */
static inline int inside_tick(void)
{
	return __atomic_add_fetch(&inside.clock, 1, __ATOMIC_SEQ_CST);
}

/* Waits so many ns, at least about. A stop turns a timed wait into
 * restart_syscall, which the filter may kill: where the program stops us, only
 * its own waits may be timed, and inside_spin needs no call. */
void inside_nap(long ns);
void inside_spin(long ns);

/* Has the outer side do the step I, a `prio`. 0 or a negative errno. */
long inside_ask_prio(long i);

/* Has the outer side stop all of us, by SIGSTOP and SIGCONT; returns when it is
 * over. Takes no time-out. */
void inside_ask_stop(void);

#endif
