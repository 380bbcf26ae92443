/* SPDX-License-Identifier: MIT */
/*
 * paths.h: follows what two filters, or one, do with a set of calls: each way
 * through their graphs that some call takes. Pure code.
 */
#ifndef PROFILE_PATHS_H
#define PROFILE_PATHS_H

#include "profile/graph.h"

struct paths {
	const struct graph *g;
	struct region r; /* the calls of the way so far */
	struct region_tests tests;
	/* Tests; 0 in the end: not all was followed. So it is when tests.work
	 * is above MOST. */
	unsigned budget;
	uint64_t most;
	void *context;
	/* Whether nothing behind A and B is of interest, for whatever calls;
	 * for those of w->r. NULL: all is. */
	bool (*skip)(
		void *context, const struct paths *w, uint32_t a, uint32_t b);
	bool (*covered)(void *context, struct paths *w);
	/* At two leaves, for the calls of w->r, of which there are some unless
	 * w->tests.lost. False: enough. */
	bool (*end)(void *context, struct paths *w, uint32_t a, uint32_t b);
};

/* All calls of ARCH and NR, and a budget. paths_end ends it. */
void paths_begin(
	struct paths *w, const struct graph *g, uint32_t arch, uint32_t nr);
void paths_end(struct paths *w);

/* Of the calls those whose WORD is VALUE. */
void paths_set(struct paths *w, unsigned word, uint32_t value);

/* Adds a test to w->r. False: no call is left. paths_back takes back all that
 * was added to WORD since MARK was taken. */
struct paths_mark {
	size_t tests, head;
	uint32_t low, high;
};
struct paths_mark paths_mark(const struct paths *w, unsigned word);
bool paths_add(struct paths *w, struct region_test test);

/* Whether all calls of w->r pass TEST. */
bool paths_sure(struct paths *w, struct region_test test);
void paths_back(struct paths *w, unsigned word, const struct paths_mark *mark);

/* Follows A and B together; for one graph B is a leaf of its. False: END had
 * enough, or the budget is used up. */
bool paths_follow(struct paths *w, uint32_t a, uint32_t b);

#endif
