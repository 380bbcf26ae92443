/* SPDX-License-Identifier: MIT */
/*
 * differ.h: do two kernels differ in what a program did on them? Pure.
 *
 * Steps that race come out in more than one way, and how often is the
 * scheduler's choice. So two runs are compared as far as their histories are
 * the same, event by event: what they part with is a difference where it is
 * the answer to one question (what a step returned, whether anybody goes on,
 * what words hold, which promise was broken), and none where another thread
 * was merely first.
 *
 * An answer that one kernel gave in K of its M runs with that history, and the
 * other in none of its N, is proven when chance makes it so in less than one of
 * DIFFER_CHANCE cases, if both gave it equally often: that is the number of
 * ways to choose K of M, by those to choose K of M + N (Fisher's exact test).
 * The rarer an answer is, the more runs that takes.
 *
 * What the promises allow is freedom, not difference: the answer must break a
 * promise, or be one that the model has no rules for, of a program of one
 * thread. Where steps race in many orders, of which the model finds that none
 * explains a run (struct finding: loose), it may be the model that is wrong:
 * then the answer must have come in each run of that history.
 */
#ifndef ORACLE_DIFFER_H
#define ORACLE_DIFFER_H

#include "oracle/runs.h"

#define DIFFER_CHANCE 1e-10

enum differ_verdict {
	DIFFER_NOT,	/* each saw what the other did, as far as it tells */
	DIFFER_FREE,	/* they differ in what the promises leave open */
	DIFFER_FEATURE, /* they do, by a feature that one of them lacks */
	DIFFER_MAYBE,	/* too few runs, or none with the same history */
	DIFFER_PROVEN,
};

struct differ {
	enum differ_verdict verdict;
	const char *feature; /* DIFFER_FEATURE */
	int side;	     /* whose answer the other never gave: 0 or 1 */
	/* Kinds that show it: [0] of the first kernel, [1] of the second, which
	 * part at EVENT. -1: there is none to compare with. */
	int kind[2];
	int event;
	/* Runs with that history: of that side and with the answer, and of the
	 * other. */
	uint32_t with, of, other;
	double chance; /* an upper bound of it; 1: nothing is known */
};

/* The features (sys/has.h) that what a futex program does depends on; NULL
 * behind the last. */
extern const char *const differ_features[];

/* A bit for each of those that P uses. */
unsigned differ_uses(const struct program *p);

/* UNEQUAL: a bit for each feature that only one of the kernels has. */
void differ_find(const struct program *p, const struct runs runs[2],
	unsigned unequal, struct differ *d);

/* How likely it is that of M runs of one and N of the other all K that came
 * out in some way are of the one, if it is equally likely in both. */
double differ_chance(uint32_t k, uint32_t m, uint32_t n);

#endif
