/* SPDX-License-Identifier: MIT */
/*
 * siblings.h: calls that do the same thing, of which a filter refuses one and
 * lets another pass. Pure.
 */
#ifndef LINT_SIBLINGS_H
#define LINT_SIBLINGS_H

#include <stdio.h>

#include "lint/find.h"

#define SIBLINGS 8

struct sibling {
	const char *call;  /* NULL: the last one is before it */
	const char *since; /* the Linux that brought it, syscalls(2) */
	/* It does the thing when ARG is VALUE; 0: with any. */
	const char *way;
	unsigned arg;
	uint32_t value;
};

enum sibling_how {
	SIBLING_SOME = 1,    /* one that is refused for some arguments counts */
	SIBLING_ONE_WAY = 2, /* the others do what the first does, not back */
	SIBLING_DEFAULT = 4, /* it counts if only the default refuses it */
	/* In a list of what passes only a newer one counts: there the newest
	 * are refused for what a kernel has behind them. */
	SIBLING_NEWER = 8,
};

struct sibling_group {
	const char *what; /* they do */
	unsigned how;
	uint32_t args;	  /* bit N: narrowing argument N counts; 0: any */
	const char *with; /* a call that must pass beside; NULL: none */
	struct sibling calls[SIBLINGS]; /* the oldest first */
};

extern const struct sibling_group sibling_groups[];
extern const size_t sibling_ngroups;

/* Adds a finding for each group of which one is refused on purpose, and
 * another is let pass with whatever arguments. */
void sibling_check(struct linter *l);

/* All groups, one line each. */
void sibling_print_all(FILE *to);

#endif
