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

enum step_state {
	STEP_NOT_RUN,
	STEP_RETURNED,
	STEP_DRAINED, /* it slept, and only the executor's leader woke it */
};

/* A thread of one that is stuck, as /proc tells of it. */
struct stuck_thread {
	char state;  /* as in /proc/PID/stat; 0: it has no part in this */
	char at[96]; /* its kernel stack, or the function it sleeps in */
};

struct result {
	uint8_t state[PROGRAM_STEPS]; /* enum step_state */
	int32_t ret[PROGRAM_STEPS];   /* a value, or a negative errno */
	/* Each begin and end of a step counts: when it began and ended. */
	uint16_t begin[PROGRAM_STEPS], end[PROGRAM_STEPS];
	uint32_t us[PROGRAM_STEPS];    /* that a futex step took */
	uint32_t at_us[PROGRAM_STEPS]; /* its end, from the program's start */
	uint32_t after[PROGRAM_STEPS]; /* its word, then; 0: not readable */
	uint32_t words[PROGRAM_WORDS]; /* at the end; 0: not readable */
	int32_t tids[PROGRAM_THREADS];
	int32_t stray;	  /* kind of memory, + 1, with a byte that nobody */
	int32_t stray_at; /* may have changed, from the word at place 0 */
	uint32_t woken;	  /* wakes that the canary got */
	/* Looked up now and then, for it takes calls: */
	int32_t extra_fds, extra_threads;
	struct stuck_thread stuck_threads[PROGRAM_THREADS];
	int32_t lost; /* the thread, + 1, that the filter killed alone */
	bool doubt;   /* some whom the leader woke may have been on their way */
	bool stuck;   /* it had to be killed: some wait did not end */
	int status; /* as waitpid(2) gives it, when the process died; else 0 */
};

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
