/* SPDX-License-Identifier: MIT */
/* keeper.h: gives a guest its cells, and takes what it says of them. */
#ifndef SUITE_KEEPER_H
#define SUITE_KEEPER_H

#include "suite/console.h"
#include "suite/kernel.h"

/* A kernel that was started for one worker. */
struct machine {
	pid_t guard; /* our child, its parent, that ends with it */
	int alive;   /* once closed, the guard ends it: at once, or when it has
			had time to end where a byte was written before */
	const pid_t *pid;    /* the leader of its process group; 0: not yet */
	int in, out;	     /* its line */
	int said;	     /* its console */
	const char *console; /* where that is kept; NULL: nowhere */
};

/*
 * Serves M until it has ended, and writes to OUT what a worker writes. Returns
 * an exit status for kernel_fork(); or ends this process by SIGKILL, with the
 * reason in share->lost, where M was lost before its work was done.
 */
int keeper_main(
	const struct kernel_start *st, const struct machine *m, int out);

#endif
