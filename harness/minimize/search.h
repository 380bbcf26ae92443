/* SPDX-License-Identifier: MIT */
/*
 * search.h: which of N things are needed. Pure: what is tested, and
 * how, is the caller's.
 */
#ifndef MINIMIZE_SEARCH_H
#define MINIMIZE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

/* Does it do with the things that are true in KEEP? 1 yes, 0 no, another value
 * ends the search, which returns it. */
typedef int (*minimize_test)(void *with, const bool *keep, size_t n);

/*
 * For things that are met in their order, where the first that is missing ends
 * everything: what lies before it has done its work, what lies after is never
 * met. Leaves the shortest beginning in KEEP, which holds N; all N do. At most
 * log2(N) + 3 tests. 0, or what the test said.
 */
int minimize_prefix(bool *keep, size_t n, minimize_test test, void *with);

/* The things that are false in the KEEP of the last test, which said 0, and
 * that it met, the last one first. How many; LIST has room for N. */
typedef size_t (*minimize_missed)(void *with, size_t *list);

/*
 * For things that can be done without. Adds to KEEP, which may hold some, what
 * a test missed last, until it does; where that made no difference, the one
 * before it, and then twice as many at once. DOUBTFUL, which holds N, tells
 * what was added so. When there is nothing left to add, all is in KEEP. N + 1
 * tests at most. 0, what the test said, or -ENOMEM.
 */
int minimize_grow(bool *keep, bool *doubtful, size_t n, minimize_test test,
	minimize_missed missed, void *with);

/*
 * Told before a test what is likely to be tested next: KEEP, which does,
 * without any one of the LIST, in this order. What of it turns out to be needed
 * has been asked for rightly.
 */
typedef void (*minimize_ahead)(void *with, const bool *keep, size_t n,
	const size_t *list, size_t nlist);

/*
 * Takes out of KEEP, which does, what is not needed: of what is DOUBTFUL whole
 * ranges, and halves of those that were needed (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002); the others one by
 * one, since halves of what is needed cost more tests than they save. What is
 * left is 1-minimal: each thing in it was missed when it alone was taken out.
 * AHEAD may be NULL. 0, what the test said, or -ENOMEM.
 */
int minimize_subset(bool *keep, const bool *doubtful, size_t n,
	minimize_test test, minimize_ahead ahead, void *with);

#endif
