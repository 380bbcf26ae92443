/* SPDX-License-Identifier: MIT */
/*
 * history.h: what one run of a program was, event by event, so that two runs
 * can be laid side by side, of one kernel or of two. Pure.
 */
#ifndef ORACLE_HISTORY_H
#define ORACLE_HISTORY_H

#include "program/result.h"

enum history_what {
	HISTORY_BEGIN, /* step AT begins */
	HISTORY_END,   /* step AT returns VALUE */
	HISTORY_DRAIN, /* all that are left sleep for good */
	HISTORY_LOST,  /* the filter killed thread AT alone */
	HISTORY_DIED,  /* the process did, by status VALUE */
	HISTORY_STUCK, /* some wait could not be ended */
	HISTORY_WORDS, /* what they hold at the end: VALUE stands for it */
	HISTORY_KEPT,  /* each promise was kept */
	HISTORY_BROKE, /* promise VALUE was not, as AT shows (step + 1) */
};

struct history_event {
	int32_t what, at, value;
};

#define HISTORY_EVENTS (2 * PROGRAM_STEPS + 4)

struct history {
	int n;
	struct history_event events[HISTORY_EVENTS];
};

/*
 * Of a run of P. BROKEN is the index of the promise that it broke, as STEP
 * shows; -1: none. Begins and ends of steps stand in the order in which they
 * came, until the executor's leader begins to wake. Times are no part of it;
 * a thread's number in a word is who it is, not which.
 */
void history_of(const struct program *p, const struct result *r, int broken,
	int step, struct history *h);

/* How many events from the first on are the same. */
int history_common(const struct history *a, const struct history *b);

/* All are. */
bool history_same(const struct history *a, const struct history *b);

#endif
