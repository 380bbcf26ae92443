/* SPDX-License-Identifier: MIT */
/*
 * plain.h: the plain way to run a futex program under a filter, which the
 * executor is measured against: a process for each, which starts the threads,
 * loads the filter, does the steps and ends.
 */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include "executor/memory.h"
#include "profile/profile.h"

/* Loads the filter for all threads; 0, or -1 with errno set. */
int plain_load(const struct filter *bpf);

/* Ends the calling process when P's futex steps, of which none may sleep, are
 * done. */
__attribute__((noreturn)) void plain_run(const struct program *p,
	const struct memory_map *memory, const struct filter *bpf);

#endif
