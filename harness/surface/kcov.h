/* SPDX-License-Identifier: MIT */
/* kcov.h: a command, and what it starts, followed by the kernel itself, where
 * that was built with KCOV and harness/guest/rows.patch. */
#ifndef SURFACE_KCOV_H
#define SURFACE_KCOV_H

#include "surface/reach.h"
#include "sys/failure.h"

struct kcov_sums {
	int status; /* of the command, as of waitpid(2) */
	unsigned long lost, tasks;
};

/* Does this kernel tell it? KCOV alone does not tell what for; who is followed
 * already cannot follow. */
enum kcov_has { KCOV_NONE, KCOV_ALONE, KCOV_TAKEN, KCOV_ROWS };
enum kcov_has kcov_has(void);

/*
 * Runs ARGV and counts in TO, which is empty, what it went through. 0, or -1
 * with F filled.
 */
int kcov_run(struct sorts *to, const struct symbols *s, enum reach_from from,
	char **argv, struct kcov_sums *sums, struct failure *f);

#endif
