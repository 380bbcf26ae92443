/* SPDX-License-Identifier: MIT */
/*
 * inside.h: between the two sides of an executor: the page that they share,
 * and what runs inside the filter, which calls no libc.
 */
#ifndef INSIDE_H
#define INSIDE_H

#include "cell.h"
#include "executor.h"

struct handover {
	uint32_t go;	/* counts programs handed in; a futex */
	uint32_t done;	/* counts programs handed back; a futex */
	uint32_t ready; /* 1: armed; above: an errno + 1 */
	struct program program;
	struct result result;
	struct cell_page arm;
};

/* Where the kinds of memory are: made before the filter. */
struct inside_memory {
	char *at[MEMORY_KINDS];
	int pipe[2]; /* non-blocking */
};

/* Starts the threads, loads the filter, serves programs. Never returns. */
__attribute__((noreturn)) void inside_serve(
	struct handover *h, const struct inside_memory *memory);

#endif
