/* SPDX-License-Identifier: MIT */
/* written_less.h: what stops working under four without one of its calls. */
#ifndef SUITE_WRITTEN_LESS_H
#define SUITE_WRITTEN_LESS_H

#include <stdio.h>

#include "suite/rows.h"

/* Writes it as a table, by group, with examples: of the cells in LESS under
 * four-less-CALL.json, for glibc, beside the same in ROWS under four. Both are
 * sorted. */
void written_less(const struct rows *rows, const struct rows *less,
	const char *call, FILE *out);

#endif
