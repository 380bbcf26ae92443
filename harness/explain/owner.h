/* SPDX-License-Identifier: MIT */
/* owner.h: who holds what a thread of a hang waits on. */
#ifndef EXPLAIN_OWNER_H
#define EXPLAIN_OWNER_H

#include "explain/explain.h"

/* A hang, and what is known of who was killed. */
struct explain_look {
	struct explain_hang *h;
	struct stack_cache *stacks;
	const struct explain_lost *lost;
	int nlost;
};

/* Finds what thread I of the hang waits on, and who holds it. */
void explain_look_at(const struct explain_look *l, int i);

/* True when one of FUNCTIONS, as for text_matches, is on the thread's stack. */
bool explain_look_calls(const struct thread_state *s, const char *functions);

#endif
