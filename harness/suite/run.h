/* SPDX-License-Identifier: MIT */
/*
 * run.h: runs cells in worker processes and records them as they end.
 */
#ifndef SUITE_RUN_H
#define SUITE_RUN_H

#include "suite/record.h"
#include "suite/soon.h"
#include "suite/suite.h"

struct run_options {
	int jobs;	   /* worker processes, at least 1 */
	bool quiet;	   /* no progress line */
	bool verbose;	   /* a line for each cell, on stderr */
	bool json;	   /* each record on stdout too */
	char *done;	   /* one for each cell: run before, to be left out */
	struct soon *soon; /* NULL, or told of each cell that ends */
};

struct run_totals {
	size_t verdicts[VERDICT_MISSING + 1];
	bool interrupted;
};

/*
 * Runs all cells of S that are not done. R may be NULL: nothing is kept.
 * Returns 0, or a negative errno when the record could not be written or no
 * worker could be made, said on stderr; what was recorded stays. On SIGINT and
 * SIGTERM it stops in order, with totals->interrupted set.
 */
int run_cells(const struct suite *s, struct record *r,
	const struct run_options *options, struct run_totals *totals);

#endif
