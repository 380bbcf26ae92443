/* SPDX-License-Identifier: MIT */
/* memory.h: where the words of programs lie: the kinds of memory, mapped. */
#ifndef EXECUTOR_MEMORY_H
#define EXECUTOR_MEMORY_H

#include "program/program.h"

#define MEMORY_PAGE 4096

struct memory_map {
	char *at[MEMORY_KINDS]; /* of the word at place 0 */
	int pipe[2];		/* non-blocking */
};

/* Bytes between two places: a cache line, or a page at MEMORY_PAGE_END
 * and MEMORY_PAGES. */
size_t memory_stride(int kind);

/* Bytes of this kind, from `at` rounded down to a page. 0 for those that no
 * program may write. */
size_t memory_size(int kind);

/* Maps every kind once, for a process and what it forks. 0 or a negative
 * errno. */
int memory_make(struct memory_map *map);

void memory_free(struct memory_map *map);

#endif
