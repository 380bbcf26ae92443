/* SPDX-License-Identifier: MIT */
/*
 * trace.h: runs one cell to its end and gathers what was seen of it.
 *
 * The cell is seized at fork (PTRACE_SEIZE) with its exit, fork and clone
 * events; there are no syscall stops, so the filter under test alone decides
 * about calls. At the exit stop of a thread that the filter kills its registers
 * still hold the refused call, and /proc/TID/status says `Seccomp: 3` for the
 * thread to blame and 2 for those that die with it (kernel/seccomp.c,
 * SECCOMP_MODE_DEAD).
 *
 * A cell ends by itself, or is ended: when a hang is proven (hang.h); when it
 * slept, or used its processor time, for longer than the limits below; when it
 * has more tasks than the limit. Nothing of it is left when trace_cell returns,
 * but where EV->unkillable says so: then the caller must run no other. The
 * caller must be a child subreaper and hold no other children.
 */
#ifndef SUITE_TRACE_H
#define SUITE_TRACE_H

#include "suite/traced.h"

/*
 * BOX is reset and its page holds the filter. Fills EV (zeroed by the callee);
 * what stands in the way of evidence is said in EV->broken.
 */
void trace_cell(const struct trace_cell *cell, struct box *box,
	struct stack_cache *stacks, struct evidence *ev);

/* True once SIGTERM came: cells end at once, as broken, and so should you. */
bool trace_stopped(void);

/* Once a worker: signal handlers, rlimits, subreaper. 0 or a negative errno. */
int trace_init(void);

#endif
