/* SPDX-License-Identifier: MIT */
/*
 * executor.h: runs programs inside the filter. An executor is a process whose
 * threads were started, and whose filter was loaded, before the first program:
 * then it is handed one after the other by shared memory and futex alone, and
 * so lives for as many as the filter's four calls let it.
 *
 * Waits always end: when every thread that is not done sleeps and no time-out
 * is left, the executor's leader wakes and unlocks what it can (the step is
 * then marked as drained, and its thread's later steps as not run). One that
 * cannot be emptied that way is killed and replaced.
 */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include "profile.h"
#include "program.h"

enum step_state {
	STEP_NOT_RUN,
	STEP_RETURNED,
	STEP_DRAINED, /* it slept, and only the executor's leader woke it */
};

struct result {
	uint8_t state[PROGRAM_STEPS];  /* enum step_state */
	int32_t ret[PROGRAM_STEPS];    /* a value, or a negative errno */
	uint32_t words[PROGRAM_WORDS]; /* at the end; 0 where none can be read
					*/
	bool stuck; /* it had to be killed: some wait did not end */
	int status; /* as waitpid(2) gives it, when the process died; else 0 */
};

struct executor;

/*
 * Starts one under the filter, which covers all its threads whatever its flags
 * say; mode PROFILE_NONE gives one without. NULL with errno set.
 */
struct executor *executor_open(const struct profile_bpf *bpf);

/*
 * Runs P. 0, also when the process died or was stuck and had to be replaced;
 * or a negative errno when no new one could be started.
 */
int executor_run(
	struct executor *e, const struct program *p, struct result *result);

void executor_close(struct executor *e);

#endif
