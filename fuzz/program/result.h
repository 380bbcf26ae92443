/* SPDX-License-Identifier: MIT */
/* result.h: what was seen of one run of a program. */
#ifndef PROGRAM_RESULT_H
#define PROGRAM_RESULT_H

#include <stdbool.h>
#include <stdint.h>

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
	uint16_t drained; /* when the leader began to wake; 0: it did not */
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
	int32_t lost;  /* the thread, + 1, that the filter killed alone */
	uint64_t sure; /* `sleeps` steps, a bit each: it was seen to sleep */
	bool doubt; /* some whom the leader woke may have been on their way */
	bool stuck; /* it had to be killed: some wait did not end */
	int status; /* as waitpid(2) gives it, when the process died; else 0 */
	/* It was stopped, or took so long that it may have been: a stop ends a
	 * wait, which begins anew when it goes on (futex_wait returns
	 * ERESTARTSYS, kernel/futex/waitwake.c). */
	bool stood;
};

#endif
