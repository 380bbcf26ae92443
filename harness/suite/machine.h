/* SPDX-License-Identifier: MIT */
/* machine.h: a kernel that runs in a process of its own, for one worker. */
#ifndef SUITE_MACHINE_H
#define SUITE_MACHINE_H

#include "suite/keeper.h"
#include "suite/kernel.h"

/* What the process gets: it becomes the kernel, or ends. */
struct machine_ends {
	const struct kernel_start *st;
	int in, out; /* the kernel's end of its line */
	int said;    /* and of its console */
};

struct machine_kind {
	const char *program; /* its name, for messages */
	/* Becomes the kernel: called in a process of its own, which has more
	 * descriptors than it should keep. */
	void (*become)(const struct machine_ends *ends);
};

/* Starts one, of ST's base and number, in a process of its own: a child of the
 * caller, M's guard, or a negative errno. M's console is the caller's. */
pid_t machine_start(const struct kernel_start *st,
	const struct machine_kind *kind, struct machine *m);

/* Starts one, and serves it (keeper.h): an exit status for kernel_fork(). */
int machine_keep(const struct kernel_start *st, const struct machine_kind *kind,
	int out);

/* For become(): standard input is empty, output and errors are the console, and
 * 3 to 5 are in, out and said. There is no other. */
void machine_put_descriptors(const struct machine_ends *ends);

#endif
