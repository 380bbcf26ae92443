/* SPDX-License-Identifier: MIT */
/*
 * reach.h: which functions of the kernel were seen at work, and for what: the
 * call under way, and what needs no call. A function may be in several of
 * them: what a fault in a call reached, the call reached. Pure.
 */
#ifndef SURFACE_REACH_H
#define SURFACE_REACH_H

#include "surface/ring.h"
#include "surface/sorts.h"
#include "surface/symbols.h"

/* When a task's functions begin to count. What it starts then counts too. */
enum reach_from {
	REACH_FROM_EXEC,   /* it came back from execve */
	REACH_FROM_FILTER, /* it loaded a seccomp filter */
};

struct reach;

/* NULL: no memory. S is kept. */
struct reach *reach_new(
	const struct symbols *s, enum reach_from from, reach_name_op *name_op);
void reach_free(struct reach *r);

/* Takes the next event, in the order of time over all tasks. 0 or -ENOMEM. */
int reach_take(struct reach *r, const struct ring_event *e);

/* What was counted. */
const struct sorts *reach_sorts(const struct reach *r);

/* How many events were counted, and how many were interrupts', ptrace's or the
 * tracer's, which are in none. */
struct reach_sums {
	unsigned long counted, interrupts, watched, tracer, tasks;
};
struct reach_sums reach_sums(const struct reach *r);

#endif
