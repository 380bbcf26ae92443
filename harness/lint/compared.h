/* SPDX-License-Identifier: MIT */
/* compared.h: the values that a filter compares an argument with. Pure. */
#ifndef LINT_COMPARED_H
#define LINT_COMPARED_H

#include "lint/find.h"

/* What the filter says of one number. */
struct compared {
	const struct linter *l;
	uint32_t node; /* in l->asker.g */
};

bool compared_passes(const struct compared *c, const struct seccomp_data *data);

/* Whether DATA is wrong in ARG, with BIT. */
typedef bool compared_test(const struct compared *c, struct seccomp_data data,
	unsigned arg, unsigned bit);

/* A value, not 0, that ARG of the call is compared with and that TEST takes:
 * with the other arguments 0, or as the call's rules have them. 0: none. */
uint32_t compared_find(struct linter *l, int nr, const char *call, unsigned arg,
	unsigned bit, compared_test *test);

#endif
