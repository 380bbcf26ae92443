/* SPDX-License-Identifier: MIT */
/* wakers.h: what could wake a sleeping thread, call by call. Pure. */
#ifndef HANG_WAKERS_H
#define HANG_WAKERS_H

#include "hang/state.h"

/* A thread that sleeps in S's call. */
struct waker {
	const struct hang_facts *facts;
	pid_t tid;
	const struct hang_sleep *s;
	char *why; /* what is missing where the answer is not yes */
	size_t size;
};

#define WAITS_FOR 160 /* struct thread_state's */

/*
 * Says in WAITS_FOR, in words, what the sleeper waits for. Could only the
 * cell's own threads bring it? A proof holds when this is so for every sleeper
 * and all of them sleep.
 */
enum hang_answer wakers_inside(
	const struct waker *w, char waits_for[WAITS_FOR]);

/* Does S end by time alone? Who sleeps in no call that is known may. */
bool wakers_timed(const struct hang_sleep *s);

/* Where others might have what S waits on: it has to be looked at. */
enum wakers_object {
	WAKERS_NOTHING,
	WAKERS_WORD, /* S->args[0] is its address */
	WAKERS_PIPE, /* S->args[0] is its descriptor */
};
enum wakers_object wakers_object(const struct hang_sleep *s);

#endif
