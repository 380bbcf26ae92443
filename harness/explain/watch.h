/* SPDX-License-Identifier: MIT */
/* watch.h: does it hang? */
#ifndef EXPLAIN_WATCH_H
#define EXPLAIN_WATCH_H

#include "explain/pass.h"

/* Deals with what waitpid(2) gave. */
typedef void pass_taker(struct pass *pass, pid_t pid, int status);

/*
 * Time went by. What comes while threads are stopped to be looked at, and is no
 * such stop, goes to TAKE: they may end meanwhile.
 */
void pass_watch_tick(struct pass *pass, pass_taker *take);

#endif
