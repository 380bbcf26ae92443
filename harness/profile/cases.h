/* SPDX-License-Identifier: MIT */
/*
 * cases.h: under which conditions a call meets which verdict, in one filter or
 * in two: the rules of a filter that has none. Pure code.
 */
#ifndef PROFILE_CASES_H
#define PROFILE_CASES_H

#include "profile/condition.h"
#include "profile/paths.h"

struct verdict_case {
	uint32_t a, b; /* verdicts, as verdict_effect has them */
	struct conditions where;
	struct seccomp_data example; /* such a call */
	size_t tests;		     /* that WHERE was made of */
};

struct cases {
	size_t n, size;
	struct verdict_case *list;
	bool whole; /* there are no others, and each is all that it says */
};

/* What is asked: nodes of two filters, for calls of ARCH and NR. */
struct cases_of {
	const struct graph *g;
	uint32_t arch, nr;
	uint32_t a, b;
	bool differ; /* only where the verdicts do */
	/* What may still be spent, in tests of words; several may share it. */
	uint64_t *work;
};

/* Beyond it a filter was made to be hard. */
#define CASES_WORK 30000000

/* cases_free ends it. For one filter B is a leaf of any verdict. */
void cases_find(struct cases *c, const struct cases_of *of);
void cases_free(struct cases *c);

#endif
