/* SPDX-License-Identifier: MIT */
/* explain_hang_int.h: what the parts of explain_hang.h share. */
#ifndef EXPLAIN_HANG_INT_H
#define EXPLAIN_HANG_INT_H

#include "explain.h"

struct look {
	struct explain_hang *h;
	struct stack_cache *stacks;
	const struct explain_lost *lost;
	int nlost;
};

/* Finds what thread I of the hang waits on, and who holds it. */
void look_at(const struct look *l, int i);

/* True when one of FUNCTIONS, as for judge_list, is on the thread's stack. */
bool look_calls(const struct thread_state *s, const char *functions);

#endif
