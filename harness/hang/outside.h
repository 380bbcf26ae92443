/* SPDX-License-Identifier: MIT */
/* outside.h: who has what a sleeper waits on. For look.c. */
#ifndef HANG_OUTSIDE_H
#define HANG_OUTSIDE_H

#include "hang/state.h"
#include "hang/wakers.h"

/*
 * Fills S->on for thread TID, which sleeps at a word, or at a pipe, as far as
 * the thread's own process tells it: `outside` is HANG_NO until it is looked
 * for.
 */
void outside_look_word(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s);
void outside_look_pipe(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s);

/* True when a process outside may have S->on, and is to be looked for. */
bool outside_may_have(enum wakers_object kind, const struct hang_sleep *s);

/* Fills the rest of S->on: looks at all of the machine's processes. */
void outside_find(const struct hang_facts *facts, enum wakers_object kind,
	struct hang_sleep *s);

#endif
