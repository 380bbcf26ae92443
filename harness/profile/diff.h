/* SPDX-License-Identifier: MIT */
/*
 * diff.h: for which calls two filters have different verdicts: of all
 * architectures, numbers and arguments. Pure code.
 */
#ifndef PROFILE_DIFF_H
#define PROFILE_DIFF_H

#include "profile/cases.h"

/* Calls of ARCH with the numbers from FIRST to LAST, which the filters do not
 * tell apart. */
struct change {
	uint32_t arch;
	bool other; /* ARCH stands for all that neither filter names */
	uint32_t first, last;
	/* Where the verdicts differ. One that is not whole may differ in more,
	 * and says no conditions. */
	size_t cases; /* index in diff.cases */
};

struct diff {
	size_t n, size;
	/* This machine's architecture first, the others by value; by number. */
	struct change *list;
	size_t ncases, size_cases;
	struct diff_cases {
		uint32_t a, b; /* nodes */
		struct cases c;
	} * cases;
	bool whole; /* they differ in nothing else */
};

/* Of which calls: ARCH 0 is all. */
struct diff_of {
	uint32_t arch, first, last;
};

/* B: NULL lists all that A says, each case with a B of 0. False: out of memory.
 * diff_free ends it, then too. */
bool diff_filters(struct diff *d, const struct filter *a,
	const struct filter *b, const struct diff_of *of);
void diff_free(struct diff *d);

#endif
