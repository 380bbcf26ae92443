/* SPDX-License-Identifier: MIT */
/*
 * order.h: holds one run of a program against the model: is there an order of
 * its steps, each somewhere between its begin and its end, in which the model
 * does what was seen? Pure.
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "model/step.h"

enum order_verdict {
	ORDER_FOUND,
	ORDER_NONE,    /* what was seen is no futex */
	ORDER_UNKNOWN, /* the model has no rules for it, or it takes too long */
};

struct order {
	enum order_verdict verdict;
	const char *unknown; /* why */
	int tries;	     /* steps that were done */
	/* ORDER_FOUND: what each step had to return, and why. */
	struct due due[PROGRAM_STEPS];
	/*
	 * ORDER_NONE: the step that shows it (-1: word `word` at the end),
	 * where the order that explains the most steps ends. `only`: it is the
	 * only order.
	 */
	int step, word;
	bool only;
	char text[160]; /* what was due, and why */
};

/* ALLOWED: by the filter; a step that is not does nothing. The result is in *O.
 */
void order_find(const struct program *p, const struct result *r,
	const bool *allowed, struct order *o);

#endif
