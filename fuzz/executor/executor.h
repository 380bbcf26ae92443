/* SPDX-License-Identifier: MIT */
/*
 * executor.h: runs programs inside the filter. An executor is a process whose
 * threads were started, and whose filter was loaded, before the first program:
 * then it is handed one after the other by shared memory and futex alone, and
 * so lives for as many as the filter's four calls let it.
 *
 * Beside it lives a canary, another process that sleeps in futex waits of its
 * own, which nothing that a program does may end.
 *
 * Waits always end: when every thread that is not done sleeps and no time-out
 * is left, the executor's leader wakes and unlocks what it can (the step is
 * then marked as drained, and its thread's later steps as not run). One that
 * cannot be emptied that way is killed and replaced.
 */
#ifndef EXECUTOR_EXECUTOR_H
#define EXECUTOR_EXECUTOR_H

#include "profile/profile.h"
#include "program/program.h"
#include "program/result.h"

struct executor;

/*
 * Starts one under the filter, which covers all its threads whatever its flags
 * say; mode FILTER_NONE gives one without. SPREAD over all processors, or on
 * those of the caller. NULL with errno set.
 */
struct executor *executor_open(const struct filter *bpf, bool spread);

/*
 * Runs P. 0, also when the process died or was stuck and had to be replaced;
 * or a negative errno when no new one could be started.
 */
int executor_run(
	struct executor *e, const struct program *p, struct result *result);

/* The process that runs programs now; 0 when there is none. */
int executor_pid(const struct executor *e);

void executor_close(struct executor *e);

#endif
