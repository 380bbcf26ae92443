/* SPDX-License-Identifier: MIT */
/* look.h: what /proc tells of an executor. */
#ifndef LOOK_H
#define LOOK_H

#include <sys/types.h>

#include "executor.h"

/* Entries of /proc/PID/NAME; -1 when it cannot be read. */
int look_count(pid_t pid, const char *name);

/* State and kernel stack of the threads that R names, into R. */
void look_at_stuck(pid_t pid, struct result *r);

#endif
