/* SPDX-License-Identifier: MIT */
/*
 * condition.h: conditions on the arguments of a call, as people say them: of
 * paths through a filter, each of which tests halves of arguments, those that
 * have one end become one. Pure code.
 */
#ifndef PROFILE_CONDITION_H
#define PROFILE_CONDITION_H

#include <linux/seccomp.h>

#include "profile/ranges.h"
#include "profile/region.h"

#define CONDITION_ARGS 6
#define CONDITION_IP   6 /* behind the arguments */
#define CONDITION_ON   7

/* (argument & mask) == value, or not. */
struct bits {
	uint64_t mask, value;
	bool truth;
};

/* All of these hold of an argument. */
struct condition {
	bool halves;		 /* WHOLE says nothing, LOW and HIGH do */
	struct ranges whole;	 /* its values */
	struct ranges low, high; /* of 32 bits each */
	size_t nbits;
	struct bits *bits;
};

struct conjunction {
	struct condition on[CONDITION_ON];
};

/* One of these holds. Zero: none does. */
struct conditions {
	size_t n, size;
	struct conjunction *list;
};

/* Adds the calls that pass N tests, of the words behind the number and the
 * architecture. False: out of memory, or a test that is not followed. */
bool conditions_add(
	struct conditions *c, const struct region_test *tests, size_t n);

/* Says the same with fewer conjunctions. */
void conditions_join(struct conditions *c);

bool conditions_hold(const struct conditions *c, const struct seccomp_data *d);

/* Whether each call is one. */
bool conditions_is_all(const struct conditions *c);

bool condition_is_all(const struct condition *c);

void conditions_free(struct conditions *c);

#endif
