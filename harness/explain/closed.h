/* SPDX-License-Identifier: MIT */
/* closed.h: why a process cannot be looked into, and what to do. */
#ifndef EXPLAIN_CLOSED_H
#define EXPLAIN_CLOSED_H

#include <stdbool.h>
#include <sys/types.h>

#include "sys/failure.h"

/* 0 when process PID, of which LIVING is a thread that lives, may be looked
 * into by us; else -1, and F tells. LIVING is 0 when none does. */
int closed_check(pid_t pid, pid_t living, struct failure *f);

/* What is known of memory that may not be read. */
struct closed {
	bool root;
	bool maps;  /* what it has mapped may be read */
	int scope;  /* /proc/sys/kernel/yama/ptrace_scope; -1: there is none */
	bool trace; /* we have CAP_SYS_PTRACE */
};

/* Why, and what to do, in words. Pure. */
const char *closed_why(const struct closed *c);

/* F: process PID ended meanwhile. Returns -1. */
int closed_ended(pid_t pid, struct failure *f);

#endif
