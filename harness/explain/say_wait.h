/* SPDX-License-Identifier: MIT */
/* say_wait.h: what the threads of a hang wait for, in words. */
#ifndef EXPLAIN_SAY_WAIT_H
#define EXPLAIN_SAY_WAIT_H

#include "explain/owner.h"
#include "sys/text.h"

/* The name of the lock that W waits for: "main_arena.mutex"; "a lock". */
void wait_name(const struct explain_wait *w, char *name, size_t size);

/*
 * "; thread 1 waits for the condition ready, which thread 2 may have been to
 * signal; the main thread joins thread 1": what the process waits for, from
 * its main thread on, or from another where that is dead. KILLED, of the
 * process numbered PROCESS, is the thread that the filter killed; NULL: one
 * that nobody saw.
 */
void wait_say(struct text *t, const struct explain_look *l, int process,
	const struct explain_lost *killed);

/* Is it dead? */
bool wait_is_dead(const struct thread_state *s);

/* Which thread of the hang TID is; -1: none. */
int wait_find(const struct explain_look *l, pid_t tid);

#endif
