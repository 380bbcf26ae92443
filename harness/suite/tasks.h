/* SPDX-License-Identifier: MIT */
/* tasks.h: the threads and processes of a cell. */
#ifndef SUITE_TASKS_H
#define SUITE_TASKS_H

#include "suite/traced.h"

/* NULL: it is not known. */
struct task *tasks_find(struct trace *t, pid_t tid);

/* One that was not seen before: its process is asked of /proc. NULL: there are
 * TRACE_TASKS already. */
struct task *tasks_add(struct trace *t, pid_t tid);

void tasks_drop(struct trace *t, pid_t tid);

/* Sends SIGKILL to all of them, and to whoever became a child of ours. */
void tasks_kill(struct trace *t);

/*
 * After tasks_kill(): true when one of them cannot be killed, because it loops
 * in the kernel, or waits there for what does not come; EV then says so. It
 * costs the cell, not the run. One that is merely given no time is no such.
 */
bool tasks_unkillable(struct trace *t);

#endif
