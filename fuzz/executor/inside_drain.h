/* SPDX-License-Identifier: MIT */
/* inside_drain.h: who sleeps for ever, and how he is woken. */
#ifndef EXECUTOR_INSIDE_DRAIN_H
#define EXECUTOR_INSIDE_DRAIN_H

#include "executor/inside_state.h"

/* True when a thread is gone that did not exit: only the filter can have killed
 * it. */
bool inside_lost(void);

/* Where all sleep for good: true when some wait for each other's sleep, who
 * give up. */
bool inside_stalemate(void);

/* Sleeps until the leader is called again; SEEN counts the calls so far. */
void inside_await(uint32_t seen);

/* Wakes and unlocks who is left of the STARTED. True when all came back. */
bool inside_drain(int started);

#endif
