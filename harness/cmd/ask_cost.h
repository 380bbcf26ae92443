/* SPDX-License-Identifier: MIT */
/* ask_cost.h: what a filter costs, in print. */
#ifndef CMD_ASK_COST_H
#define CMD_ASK_COST_H

#include <jansson.h>

#include "cmd/asking.h"
#include "profile/cost.h"

/* "12", "12-14". Returns TEXT. */
#define ASK_COST 32
const char *ask_cost_text(const struct cost *c, char text[ASK_COST]);

json_t *ask_cost_json(const struct cost *c);

/* Measures a call of this machine's programs, which is made then; what is not
 * known of it is -1. 0, or an exit code, and it is said why not. */
int ask_measure(
	const struct asking *a, const struct ask_call *call, const char *name);

/* Calls, and how often each was made. */
struct weighed;
struct weighed *weighed_new(void);
void weighed_free(struct weighed *w);

/* Adds one call of NAME. 0 or -ENOMEM. */
int weighed_add(
	struct weighed *w, const struct ask_call *call, const char *name);

/* Lines of those that cost most, the first first. */
void weighed_print(const struct asking *a, const struct weighed *w);

/*
 * What all of W cost together, and what they would cost in other orders, which
 * libseccomp makes of A's rules for programs of ARCH. COUNTED: by how often
 * each was made.
 */
void weighed_sum(const struct asking *a, const struct weighed *w, uint32_t arch,
	bool counted);

#endif
