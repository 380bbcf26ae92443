/* SPDX-License-Identifier: MIT */
/*
 * asks.h: what the program's threads cannot do inside the filter, and ask of
 * the outer side: a stop, a priority.
 */
#ifndef EXECUTOR_ASKS_H
#define EXECUTOR_ASKS_H

#include <sys/types.h>

#include "executor/handover.h"

/* Does all that is asked for now. */
void asks_answer(struct handover *h, pid_t pid);

/* The threads have no priorities any more. */
void asks_take_back(const struct program *p, const struct result *r);

#endif
