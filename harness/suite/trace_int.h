/* SPDX-License-Identifier: MIT */
/* trace_int.h: what the loop (trace.c) and the looks (look.c) share. */
#ifndef SUITE_TRACE_INT_H
#define SUITE_TRACE_INT_H

#include "suite/trace.h"

struct task {
	pid_t tid;
	pid_t tgid;
	int no; /* in the cell's main process, by creation; 0 elsewhere */
};

struct trace {
	const struct trace_cell *cell;
	struct box *box;
	struct stack_cache *stacks;
	struct evidence *ev;
	pid_t pid;   /* the cell's main process */
	bool killed; /* all was sent SIGKILL: what comes is no evidence */
	int ntasks;
	struct task tasks[TRACE_TASKS];
	dev_t page_dev;
	ino_t page_ino;
	uint64_t start, next_look, look, asleep_since; /* microseconds */
	long cpu;
};

/* At the exit stop of TASK: was it refused a call, or killed by a signal? */
void trace_exit(struct trace *t, const struct task *task);

/* At the delivery of SIG to TASK. */
void trace_signal(struct trace *t, const struct task *task, int sig);

/* Stops each thread of EV->hang and walks its stack. They are killed after. */
void trace_hang_stacks(struct trace *t);

#endif
