/* SPDX-License-Identifier: MIT */
/* inside.h: what runs inside the filter, and calls no libc. */
#ifndef EXECUTOR_INSIDE_H
#define EXECUTOR_INSIDE_H

#include "executor/handover.h"
#include "executor/memory.h"
#include "executor/memory.h"

/* Starts the threads, loads the filter, serves programs. Never returns. */
__attribute__((noreturn)) void inside_serve(
	struct handover *h, const struct memory_map *memory);

/*
 * A process that sleeps on words of its own: at the same addresses as the
 * programs' private words, and on a shared one that no program can name. Each
 * wake that it gets counts in h->woken. Never returns.
 */
__attribute__((noreturn)) void inside_canary(
	struct handover *h, const struct memory_map *memory);

#endif
