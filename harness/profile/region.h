/* SPDX-License-Identifier: MIT */
/*
 * region.h: a set of system calls: those whose words of struct seccomp_data
 * pass tests, each of one word. What a filter or a rule can tell apart is a
 * union of such sets. Pure code.
 */
#ifndef PROFILE_REGION_H
#define PROFILE_REGION_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REGION_WORDS 16 /* of struct seccomp_data */

/* (word & mask) OP k, or not. */
struct region_test {
	unsigned word;
	uint32_t mask;
	enum region_op { REGION_EQ, REGION_GT, REGION_GE } op;
	uint32_t k;
	bool truth;
	size_t next; /* 1 + an earlier test of the word; 0: the last */
	/* For those on the stack: tests of the word up to this one, whether one
	 * of them is under a mask, and a value that passes all, if known. */
	size_t n;
	bool masked, known;
	uint32_t value;
};

/* Tests that no bounds of a word say: a stack that regions share. */
struct region_tests {
	size_t n, size;
	struct region_test *tests;
	bool lost; /* out of memory, or too much to decide: regions that were
		    * called inhabited may be empty */
	uint64_t work; /* tests that were looked at so far */
};

struct region {
	uint32_t low[REGION_WORDS], high[REGION_WORDS];
	size_t head[REGION_WORDS];
};

/* All calls. */
void region_all(struct region *r);

/*
 * Takes out the calls that fail TEST. False: none is left, and R is not to be
 * used. T->n as it was before takes the test away from the stack again, with
 * the regions that have it.
 */
bool region_add(
	struct region *r, struct region_tests *t, struct region_test test);

/* Whether some call of R, which has one, is known to fail TEST. */
bool region_shows(const struct region *r, struct region_tests *t,
	struct region_test test);

/* A call of R, which has one. False when it was not found: T->lost. */
bool region_some(const struct region *r, struct region_tests *t,
	struct seccomp_data *data);

#endif
