/* SPDX-License-Identifier: MIT */
/* ftrace.h: a command, and what it starts, followed by the kernel's tracer of
 * functions, in an instance of tracefs of its own. */
#ifndef SURFACE_FTRACE_H
#define SURFACE_FTRACE_H

#include "surface/reach.h"
#include "sys/failure.h"

struct ftrace_sums {
	int status;	      /* of the command, as of waitpid(2) */
	unsigned long events; /* all that were read */
	unsigned long lost;   /* that the kernel had no room for */
	bool lost_some;	      /* a page says so, whatever the sum */
};

/*
 * Reads the symbols of this kernel. 0, or -1 with F filled.
 */
int ftrace_symbols(struct symbols *s, struct failure *f);

/*
 * Runs ARGV with KB of buffer for each processor and gives R all that comes.
 * 0, or -1 with F filled: then nothing was run, or not all was seen.
 */
int ftrace_run(struct reach *r, char **argv, unsigned long kb,
	struct ftrace_sums *sums, struct failure *f);

#endif
