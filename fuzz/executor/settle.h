/* SPDX-License-Identifier: MIT */
/*
 * settle.h: the outer side sees who sleeps, and tells those inside: who waits
 * for another's sleep, and the leader when all sleep for good.
 */
#ifndef EXECUTOR_SETTLE_H
#define EXECUTOR_SETTLE_H

#include "executor/handover.h"
#include "executor/look.h"

/*
 * Looks, and sleeps until somebody inside calls or it is time for the next
 * look; *TURN counts looks that were not called for, SEEN is what h->done was
 * before. False when nobody called.
 */
bool settle_await(struct handover *h, struct look_files *files, pid_t pid,
	int *turn, uint32_t seen);

/* A thread is gone that was not done. */
bool settle_lost(struct handover *h, struct look_files *files, pid_t pid);

#endif
