/* SPDX-License-Identifier: MIT */
/* why_hang.h: what the threads of a hang wait on, who holds it, and why. */
#ifndef EXPLAIN_WHY_HANG_H
#define EXPLAIN_WHY_HANG_H

#include "explain/explain.h"

/*
 * Fills H->waits and H->cause for the threads in H->hang, whose numbers and fs
 * bases the caller has put into H->waits where it knows them. LOST are the
 * threads that the filter killed, as far as they were seen. Reads the memory
 * of the processes; stops nobody.
 */
void explain_hang_look(struct explain_hang *h, struct stack_cache *stacks,
	const struct explain_lost *lost, int nlost);

#endif
