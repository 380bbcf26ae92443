/* SPDX-License-Identifier: MIT */
/* wakers.h: what could wake a sleeping thread, call by call. For hang.c. */
#ifndef HANG_WAKERS_H
#define HANG_WAKERS_H

#include "hang/hang.h"

/*
 * Says in S->waits_for what the sleeper waits for. Returns true when only the
 * cell's own threads could bring it; false with why not in WHY. A proof holds
 * when this is true of every sleeper and all of them sleep.
 */
bool wakers_inside(const struct hang_facts *facts, struct thread_state *s,
	char *why, size_t size);

#endif
