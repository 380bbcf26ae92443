/* SPDX-License-Identifier: MIT */
/* places.h: refusals, counted by the call stack that they came from. */
#ifndef EXPLAIN_PLACES_H
#define EXPLAIN_PLACES_H

#include "sys/regs.h"
#include "explain/explain.h"

/* One refusal, as a stopped thread tells it. */
struct explain_refusal {
	pid_t tid;
	int process, thread;
	unsigned image;
	uint32_t arch;
	int nr;
	uint64_t args[6];
	uint64_t ip, sp;
	uint32_t verdict;
	uint64_t us;
	const struct regs *regs; /* NULL: not asked for yet */
	bool asleep;		 /* nobody traces it: it has none to ask for */
};

/*
 * Counts a refusal where it belongs. The stack is walked for a place that is
 * new; one that was seen before is known by the return addresses in its stack,
 * at the cost of reading it. Without STACKS, places have no stack and no texts.
 * NULL when there is no room.
 */
struct explain_place *explain_places_add(struct explain_places *p,
	struct stack_cache *stacks, const struct explain_refusal *r);

void explain_places_free(struct explain_places *p);

#endif
