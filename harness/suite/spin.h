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
	int n;
	struct {
		pid_t tid;
		long us; /* that it had used when it was first seen */
	} runs[SPIN_THREADS];
};

/* One look: HANG holds the threads as they are now. True when those that run
 * are the same since an earlier look, and each had SPIN_EACH since. */
bool spin_look(struct spin *spin, const struct hang *hang);

#endif
