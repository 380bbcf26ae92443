/* SPDX-License-Identifier: MIT */
/*
 * inside_pager.h: a process beside the executor that has its memory and no
 * filter: it does to pages what a program cannot under four calls.
 */
#ifndef EXECUTOR_INSIDE_PAGER_H
#define EXECUTOR_INSIDE_PAGER_H

#include "executor/handover.h"
#include "executor/memory.h"

/* Starts it, in the process that will be armed, and with it ended. Where it
 * cannot be, pages stay as they are. */
void pager_start(struct handover *h, const struct memory_map *memory);

/* Inside the filter: has the step I done, a `drop` or a `fork`. */
void pager_ask(struct handover *h, long i);

#endif
