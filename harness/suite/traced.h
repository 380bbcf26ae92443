/* SPDX-License-Identifier: MIT */
/* traced.h: a cell, and what is known of it while it runs. */
#ifndef SUITE_TRACED_H
#define SUITE_TRACED_H

#include "suite/box.h"
#include "suite/evidence.h"
#include "suite/spin.h"
#include "stack/stack.h"

/*
 * All in microseconds. Processor time and idle time, not wall time: a busy
 * machine does not turn a slow cell into a hanging one. On a slow one they are
 * multiplied (trace_cell.slow).
 */
#define TRACE_TICK	4000	 /* between looks at a silent cell */
#define TRACE_IDLE	1000000	 /* all asleep, nothing used: it hangs */
#define TRACE_CPU	500000	 /* this much used and no end: it spins */
#define TRACE_KILL	5000000	 /* from SIGKILL until it must be gone, */
#define TRACE_KILL_CPU	2000000	 /* or this much used since, where it runs */
#define TRACE_WALL	30000000 /* whatever happens */
#define TRACE_PROCESSES 64	 /* of them, processes */

#define TRACE_TASKS	400 /* threads and processes at once */

struct trace_cell {
	const char *path; /* the program */
	bool filtered;
	bool untraced; /* watch it as its parent alone */
	bool no_stdin;
	unsigned slow; /* so many times slower than usual is this machine */
	bool timers_impossible; /* the filter refuses all that makes timers */
};

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
	uint64_t killed_us; /* when */
	pid_t dying;	    /* who ran after that, first, */
	long dying_us;	    /* and the processor time that it had used then */
	int ntasks;
	struct task tasks[TRACE_TASKS];
	bool itimer_runs; /* an interval timer did when it was asked after */
	dev_t page_dev;
	ino_t page_ino;
	uint64_t start, next_look, look, asleep_since; /* microseconds */
	long cpu;	/* used, at the last look */
	uint32_t stage; /* that it had reached then */
	long cpu_base;	/* ... as it was first seen there */
	struct spin spin;
};

#endif
