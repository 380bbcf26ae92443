/* SPDX-License-Identifier: MIT */
/* diff_runs.h: `quartet diff` of two recorded runs. */
#ifndef CMD_DIFF_RUNS_H
#define CMD_DIFF_RUNS_H

#include <stdbool.h>

struct diff_runs {
	const char *then, *now; /* folders */
	bool json, all;		/* all: names every cell */
	bool known;		/* failures were named */
	bool across;		/* a cell is the same on whatever kernel */
};

/* A folder with the cells of a run in it. */
bool diff_is_run(const char *name);

/* Says what changed. An exit code. */
int diff_runs(const struct diff_runs *runs);

#endif
