/* SPDX-License-Identifier: MIT */
/* inside_drain.h: who sleeps for ever, and how he is woken. */
#ifndef EXECUTOR_INSIDE_DRAIN_H
#define EXECUTOR_INSIDE_DRAIN_H

#include "executor/inside_state.h"

/* True when a thread is gone that did not exit: only the filter can have killed
 * it. */
bool inside_lost(void);

/* Of whom it is not known that he sleeps. */
enum doubt {
	DOUBT_NONE,
	DOUBT_PI,  /* PI waiters, which cannot be counted */
	DOUBT_ALL, /* others as well: they may stand among them, or run */
};

/* The kernel says that all who are not done sleep; what it says when it cannot
 * is ASLEEP_UNKNOWN. */
bool inside_proven(uint32_t asleep);

/* The sum of what moved; -1 when somebody is between calls, runs, or has a
 * time-out. */
long inside_asleep(enum doubt *doubt);

/* True when all that did not finish sleep or wait for each other's sleep, in
 * which no more will come: those who wait give up. */
bool inside_stalemate(void);

/* Wakes and unlocks who is left of the STARTED. True when all came back. */
bool inside_drain(int started);

#endif
