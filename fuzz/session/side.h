/* SPDX-License-Identifier: MIT */
/* side.h: one of two kernels that run the same programs. */
#ifndef SESSION_SIDE_H
#define SESSION_SIDE_H

#include <signal.h>
#include <sys/types.h>
#include <time.h>

#include "oracle/runs.h"
#include "suite/link.h"
#include "sys/failure.h"

struct side {
	const char *name; /* as one asks for it */
	/* Where that is kept, and with .died behind it that of a kernel that
	 * died; unused on the host. */
	const char *console;
	char release[80];
	unsigned has; /* a bit for each of differ_features */
	time_t end;   /* then nobody waits for it any more; 0: always */
	/* As it goes. */
	pid_t pid; /* a child that has the kernel */
	struct link line;
	int boots;
	char died[300]; /* side_answer() told of it: why */
};

/* Starts the kernel s->name, the NO-th side, whose programs run under BPF: it
 * boots as the caller goes on. 0, or -1 and F tells. */
int side_start(
	struct side *s, int no, const struct filter *bpf, struct failure *f);

/* Waits until it is up. 0; 1: *STOP, or its end; -1: it does not come up, and F
 * tells. */
int side_up(
	struct side *s, const volatile sig_atomic_t *stop, struct failure *f);

/* Has it run P so often, in new processes if FRESH. What fails shows in the
 * answer. */
void side_ask(struct side *s, const struct program *p, int times, bool fresh);

enum side_told {
	SIDE_SAW,
	SIDE_DIED, /* in it; s->died says of what; it is booted again */
	SIDE_STOPPED,
	SIDE_GONE, /* for good: F tells */
};

/* Waits for the answer, which goes to *R. */
enum side_told side_answer(struct side *s, const volatile sig_atomic_t *stop,
	struct runs *r, struct failure *f);

void side_end(struct side *s);

#endif
