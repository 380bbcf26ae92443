/* SPDX-License-Identifier: MIT */
/*
 * rank.h: calls by which a sandbox is left or a kernel is opened, in classes,
 * each a rule of lint. Pure.
 */
#ifndef LINT_RANK_H
#define LINT_RANK_H

#include <jansson.h>
#include <stdio.h>

#include "lint/find.h"

/* What the caller must hold. */
enum rank_need {
	NEED_NOTHING,
	NEED_OWN,  /* a capability, which root of a user namespace has there */
	NEED_FIRST /* one of the first user namespace */
};

/* Arguments that are dangerous: VALUE under MASK in the lower half of ARG. */
struct rank_way {
	const char *name;
	unsigned arg;
	uint32_t mask, value;
};

#define RANK_WAYS 10

struct rank {
	const char *call;
	enum lint_id rule;
	enum rank_need need;
	bool light;	   /* no more than a note: many programs need it */
	const char *needs; /* the capability, or what stands before it; or "" */
	const char *since; /* the Linux that brought it, syscalls(2) */
	const char *known; /* ways it was used: CVE numbers; or "" */
	const char *page;  /* NULL: its manual page */
	struct rank_way ways[RANK_WAYS]; /* none: whatever the arguments */
};

/* In the order of their rules. */
extern const struct rank rank_table[];
extern const size_t rank_n;

/* What other linters call dangerous, and why it is not in the table. */
struct rank_other {
	const char *call, *why;
};

extern const struct rank_other rank_others[];
extern const size_t rank_nothers;

/* Adds a finding for each rule of which some call passes. */
void rank_check(struct linter *l);

/* Takes out of F what a finding of KNOWN has too. False: nothing is left, and
 * it was one of such a rule. */
bool rank_leave_new(struct lint_finding *f, const struct lint *known);

/* The calls of a finding; as JSON, NULL: it has none. */
void rank_print_text(FILE *to, const struct lint_finding *f);
json_t *rank_json(const struct lint_finding *f);

/* Both tables, one line a call. */
void rank_print_all(FILE *to);

#endif
