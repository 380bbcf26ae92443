/* SPDX-License-Identifier: MIT */
/* check.h: whether a filter is in force on threads. */
#ifndef CMD_CHECK_H
#define CMD_CHECK_H

#include <stdbool.h>
#include <sys/types.h>

#include "profile/equal.h"
#include "profile/profile.h"

enum check_found {
	CHECK_IN_FORCE,
	CHECK_NONE,  /* no filter is on it */
	CHECK_OTHER, /* others are, that do something else */
	CHECK_UNREAD,
};

/* What was found of one thread. */
struct check_thread {
	pid_t pid, tid;
	uint64_t start; /* proc_start_us */
	char name[64];
	enum check_found found;
	bool ended;
	int filters;
	const char *why;    /* CHECK_UNREAD */
	struct unequal bad; /* CHECK_OTHER */
};

struct check {
	const struct profile *p;
	const char *only; /* threads of processes with that name; NULL: all */
	struct filter asked[2]; /* for native programs; for 32-bit ones */
	bool built[2];
	char unbuilt[512]; /* why not */
	size_t n, size;
	struct check_thread *threads;
	size_t others;	     /* of other names */
	const char *lost;    /* why there may be more threads; NULL: none */
	struct known *known; /* stacks of filters that were compared */
	size_t ncompared;
};

/* Looks at process PID and its descendants, until none is new, or for SECONDS.
 * 0 or -ESRCH. */
int check_tree(struct check *c, pid_t pid, unsigned seconds);

/* Runs ARGV, and looks at each thread at its end. 0, or a negative errno: it
 * was not started. */
int check_command(struct check *c, char **argv, unsigned seconds);

/* Writes what was found; JSON: one object a line. */
void check_print(const struct check *c, bool json);

void check_free(struct check *c);

#endif
