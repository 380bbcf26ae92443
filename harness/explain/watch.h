/* SPDX-License-Identifier: MIT */
/* watch.h: does it hang? */
#ifndef EXPLAIN_WATCH_H
#define EXPLAIN_WATCH_H

#include "explain/pass.h"

/* Time went by. */
void pass_watch_tick(struct pass *pass);

#endif
