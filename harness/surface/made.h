/* SPDX-License-Identifier: MIT */
/* made.h: what a call that a task made says of the task. Pure. */
#ifndef SURFACE_MADE_H
#define SURFACE_MADE_H

#include <stdbool.h>
#include <stdint.h>

struct made {
	bool is_32;
	uint64_t nr, args[2];
};

bool made_is_exec(const struct made *m);

/* ... and is it for all threads of the process? */
bool made_loads_filter(const struct made *m);
bool made_is_for_all(const struct made *m);

/*
 * Does it start a thread, not a process? clone3's flags are in memory, which is
 * not seen: it is taken for one that does. A process that it starts is told
 * apart from its execve on.
 */
bool made_is_thread(const struct made *m);

#endif
