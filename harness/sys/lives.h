/* SPDX-License-Identifier: MIT */
/* lives.h: runs a command, and tells each of its threads at its end. */
#ifndef SYS_LIVES_H
#define SYS_LIVES_H

#include <stdbool.h>
#include <sys/types.h>

enum life {
	LIFE_ENDS,  /* it is stopped, and ends when it goes on */
	LIFE_LASTS, /* ... and lives: the time is over */
	LIFE_LOST,  /* it is gone, and could not be stopped before, or does not
		     * stop */
};

/* Thread TID. */
typedef void lives_fn(void *context, pid_t tid, enum life life);

/*
 * Runs ARGV, its standard output being our standard error, and traces it with
 * all that it starts, until the last of them has ended or SECONDS are over.
 * What then still runs is told and killed. 0, or a negative errno: it was not
 * started.
 */
int lives_watch(char **argv, unsigned seconds, lives_fn *tell, void *context);

#endif
