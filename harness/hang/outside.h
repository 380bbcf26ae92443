/* SPDX-License-Identifier: MIT */
/* outside.h: who has what a sleeper waits on. For look.c. */
#ifndef HANG_OUTSIDE_H
#define HANG_OUTSIDE_H

#include "hang/state.h"

/* Fills S->on for thread TID, which sleeps at a word, or at a pipe. */
void outside_look_word(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s);
void outside_look_pipe(
	const struct hang_facts *facts, pid_t tid, struct hang_sleep *s);

#endif
