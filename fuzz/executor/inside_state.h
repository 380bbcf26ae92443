/* SPDX-License-Identifier: MIT */
/* inside_state.h: what inside*.c share. */
#ifndef EXECUTOR_INSIDE_STATE_H
#define EXECUTOR_INSIDE_STATE_H

#include <linux/futex.h>

#include "executor/inside.h"

#define ROBUST_ENTRY 16 /* a word's link lies so many bytes behind it */

struct thread {
	int tid;
	int alive;	       /* cleared by the kernel at the end; a futex */
	volatile int finished; /* the program's number, when it was done */
	volatile int leaving;  /* it ends by exit(2) */
	volatile int moved;    /* counts steps begun and ended */
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
	int number; /* of the program */
};

extern struct inside inside;

volatile int *inside_word(int i);

/* False when it cannot be read without a fault, as a whole number of bytes. */
bool inside_value(int i, int *value);

/* Takes down what the words hold, once for a program, and sets them to 0. */
void inside_collect(void);

/* What a thread does for a program. */
void inside_steps(struct thread *t);

/*
 * Every thread that is in a call that may sleep does sleep: a requeue of
 * everybody onto the same word moves nobody and counts them (requeue.c). Of PI
 * waiters it says EINVAL, which counts for all.
 */
bool inside_all_asleep(void);

/* A PI waiter that was given the lock, as the word says, is only on its way:
 * it stands in the kernel's queue until it runs (kernel/futex/pi.c). */
bool inside_owns(const struct thread *t, int word);

/* True when a thread is gone that did not exit: only the filter can have killed
 * it. */
bool inside_lost(void);

/* Of whom it is not known that he sleeps. */
enum doubt {
	DOUBT_NONE,
	DOUBT_PI,  /* PI waiters, which cannot be counted */
	DOUBT_ALL, /* others as well: they may stand among them, or run */
};

/* The sum of what moved; -1 when somebody is between calls, runs, or has a
 * time-out. */
long inside_asleep(enum doubt *doubt);

/* True when all that did not finish sleep or wait for each other's sleep, in
 * which no more will come: those who wait give up. */
bool inside_stalemate(void);

/* Waits so many ns, at least about. */
void inside_nap(long ns);

/* Has the outer side stop all of us, by SIGSTOP and SIGCONT; returns when it is
 * over. Takes no time-out. */
void inside_ask_stop(void);

/* Wakes and unlocks who is left of the STARTED. True when all came back. */
bool inside_drain(int started);

/* The futex call of a program's step; where faults are planted, they are
 * planted here. */
#ifdef QUARTET_PLANTED
/* One of the program's words, in memory that can be written. */
bool inside_writable(volatile int *word);
long inside_futex(volatile int *word, int op, long val, const void *fourth,
	volatile int *word2, long val3);
#else
#define inside_futex sys_futex
#endif

#endif
