/* SPDX-License-Identifier: MIT */
/*
 * narrow.h: comparisons that libseccomp has no words for, as masked ones, which
 * it has: of the lower half of an argument, and several of one argument in one
 * rule. Pure code.
 */
#ifndef PROFILE_NARROW_H
#define PROFILE_NARROW_H

#include "profile/rules.h"

#define NARROW_MOST 4096 /* alternatives */

/* OP, DATUM_A and DATUM_B as in struct scmp_arg_cmp; LOW: of the lower half of
 * the argument, with that of the values; FAILS: the comparison must not hold.
 */
struct narrow {
	struct scmp_arg_cmp cmp;
	bool low, fails;
};

/*
 * Gives TAKE conjunctions, each with at most one comparison of an argument, of
 * which one holds if and only if all N of LIST do: none, if they never do. 0,
 * what TAKE returned that is not 0, -E2BIG for more than NARROW_MOST, or
 * -ENOMEM.
 */
int narrow(const struct narrow *list, unsigned n,
	int (*take)(void *to, const struct scmp_arg_cmp *args, unsigned n),
	void *to);

#endif
