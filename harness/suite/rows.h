/* SPDX-License-Identifier: MIT */
/* rows.h: lines of a record that are kept. */
#ifndef SUITE_ROWS_H
#define SUITE_ROWS_H

#include <stddef.h>

#include "suite/judge.h"
#include "suite/line.h"

/* As in the record (record.h), and fit to be shown; what it has not is "". */
struct row {
	char *cell, *outcome, *verdict, *call, *text, *want;
};

struct rows {
	struct row *v;
	size_t n, room;
};

/* Adds a record's line. 0 or -ENOMEM. */
int rows_add(struct rows *rows, const struct line *l);

/* By name of the cell, which the two below ask for. */
void rows_sort(struct rows *rows);

/* The rows of CELL: with --repeat there are several. Returns how many, with the
 * first in *FIRST. */
size_t rows_find(
	const struct rows *rows, const char *cell, const struct row **first);

/* Sorts by name, and keeps but the first N. */
void rows_keep_first(struct rows *rows, size_t n);

void rows_free(struct rows *rows);

#endif
