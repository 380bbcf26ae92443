/* SPDX-License-Identifier: MIT */
/*
 * prio.h: real-time priorities among those who wait for locks: who goes first,
 * and what is lent to a lock's owner
 * (Documentation/locking/rt-mutex-design.rst; kernel/locking/rtmutex.c). All
 * without one are equal.
 */
#ifndef MODEL_PRIO_H
#define MODEL_PRIO_H

#include "model/state.h"

#define MODEL_ROBBED                                                           \
	"a lock that was handed over, and can be taken by one more urgent"

/* Step I. */
struct due model_prio(struct model *m, int i);

/* Of two who wait for one lock. */
bool model_goes_before(
	const struct model_sleeper *a, const struct model_sleeper *b);

/* One of that URGENCY would be given the lock before the one who was just given
 * it, and has not come for it yet. */
bool model_robs(const struct model *m, int key, uint8_t urgency);

/* What those who wait for locks are lent is what it must be now; whom that
 * changes goes behind his new equals. */
void model_lend(struct model *m);

#endif
