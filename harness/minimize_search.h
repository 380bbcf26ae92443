/* SPDX-License-Identifier: MIT */
/*
 * minimize_search.h: which of N things are needed. Pure: what is tested, and
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

/*
 * For things that can be done without. Takes out of KEEP, which does, whole
 * ranges, and halves of those that were needed (Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input", 2002). What is left is
 * 1-minimal: each thing in it was missed when it alone was taken out. From
 * LIKELY on things are likely to be needed, and tried one by one: halves of
 * what is needed cost more tests than they save. 0, or what the test said.
 */
int minimize_subset(
	bool *keep, size_t likely, size_t n, minimize_test test, void *with);

#endif
