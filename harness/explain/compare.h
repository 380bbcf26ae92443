/* SPDX-License-Identifier: MIT */
/* compare.h: in what a run under the filter is not what it is without. */
#ifndef EXPLAIN_COMPARE_H
#define EXPLAIN_COMPARE_H

#include "explain/report.h"

/*
 * Fills e->in from the two passes. Where they differ the command runs once
 * more, with each refused call let through: what is not the same in those two
 * varies by itself. Where they differ still it runs once more under the filter:
 * what is then as it is without was the first run's doing. 0, or -1 and F
 * tells.
 */
int explain_compare(const struct explain_plan *plan, struct explained *e,
	struct failure *f);

/* A against B, each of EXPLAIN_WAYS. Reads nothing but what they wrote. */
void explain_compare_two(const struct explain_seen *a,
	const struct explain_seen *b, struct explain_compared in[EXPLAIN_WAYS]);

/*
 * Is a call refused so much more often under IS than it was noted in WAS that
 * it is made again and again? A wait that is refused returns at once. A program
 * may try a call a few times, and take another for it more often: ten times and
 * 100 are not enough. Pure.
 */
bool explain_tries_again(const struct explain_places *is,
	const struct explain_places *was, struct explain_tried *t);

/* Is it rather more processor time than WAS? Four times, and a tenth of a
 * second. Pure. */
bool explain_burns(uint64_t is_us, uint64_t was_us);

#endif
