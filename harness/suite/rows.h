/* SPDX-License-Identifier: MIT */
/* rows.h: what a report needs of the records of a run. */
#ifndef SUITE_ROWS_H
#define SUITE_ROWS_H

#include <jansson.h>
#include <stddef.h>

#include "suite/judge.h"

/* As in the record (record.h), and fit to be shown; what it has not is "". */
struct row {
	char *cell, *outcome, *verdict, *call, *text, *want;
};

struct rows {
	struct row *v;
	size_t n;
};

/* Adds a record's object; ARG is the struct rows: for record_each(). 0 or
 * -ENOMEM. */
int rows_add(json_t *cell, void *arg);

/* By name of the cell, which the two below ask for. */
void rows_sort(struct rows *rows);

/* The rows of CELL: with --repeat there are several. Returns how many, with the
 * first in *FIRST. */
size_t rows_find(
	const struct rows *rows, const char *cell, const struct row **first);

size_t rows_count(const struct rows *rows, enum verdict verdict);

void rows_free(struct rows *rows);

#endif
