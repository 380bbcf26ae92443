/* SPDX-License-Identifier: MIT */
/* soon.h: the answers to the user's questions, each as soon as its cells are
 * there, while the others still run. */
#ifndef SUITE_SOON_H
#define SUITE_SOON_H

#include <stdio.h>

#include "suite/suite.h"

struct soon;

/* Moves the cells that answers stand on to the front of S, question by
 * question, with those that share their program. 0 or -ENOMEM. */
int soon_order(struct suite *s);

/* Prints the beginning of the report on the run in DIR, of all cells of S, and
 * any question that waits for no cell. NULL: out of memory. */
struct soon *soon_begin(const char *dir, const struct suite *s, FILE *out);

/* The cell NAME has ended, and LINE of SIZE bytes is its record: prints what is
 * answered now. */
void soon_take(
	struct soon *soon, const char *name, const char *line, size_t size);

/* So many questions were answered. SOON is freed. */
size_t soon_end(struct soon *soon);

#endif
