/* SPDX-License-Identifier: MIT */
/* owner.h: what the parts of explain/why_hang.h share. */
#ifndef EXPLAIN_OWNER_H
#define EXPLAIN_OWNER_H

#include "explain/explain.h"

struct look {
	struct explain_hang *h;
	struct stack_cache *stacks;
	const struct explain_lost *lost;
	int nlost;
};

/* Finds what thread I of the hang waits on, and who holds it. */
void look_at(const struct look *l, int i);

/* True when one of FUNCTIONS, as for text_matches, is on the thread's stack. */
bool look_calls(const struct thread_state *s, const char *functions);

#endif
