/* SPDX-License-Identifier: MIT */
/*
 * spin.h: whether a cell spins, or merely had no time.
 *
 * Processor time that was used is no proof of a loop: a thread that was woken,
 * or is about to die, looks like one that runs for ever for as long as a busy
 * machine lets it wait. A cell spins when it used TRACE_CPU in one stage (its
 * set-up, its run), and after that the same threads ran at each look, each of
 * them for SPIN_EACH of processor time, while all the others slept.
 */
#ifndef SUITE_SPIN_H
#define SUITE_SPIN_H

#include "hang/state.h"

#define SPIN_EACH    50000 /* microseconds: five ticks of proc_thread_us() */
#define SPIN_THREADS 8	   /* that run at once; with more, nothing is said */

struct spin {
	uint64_t real_since; /* the machine's own when it first seemed to spin,
				+ 1; 0: it did not */
	int n;
	struct {
		pid_t tid;
		long us; /* that it had used when it was first seen */
	} runs[SPIN_THREADS];
};

/*
 * Who runs in a guest counts as its processor time what the host gave to others
 * meanwhile. REAL says how much this machine was given, in microseconds, and is
 * asked before a cell is said to spin; NULL: /proc tells that here.
 */
void spin_ask_cpu(uint64_t (*real)(void));

/* True when CPU microseconds, by /proc, are more than LIMIT, and the machine
 * was given as much since they first were. */
bool spin_used(struct spin *spin, long cpu, long limit);

/* One look: HANG holds the threads as they are now. True when those that run
 * are the same since an earlier look, and each had SPIN_EACH since. */
bool spin_look(struct spin *spin, const struct hang *hang);

#endif
