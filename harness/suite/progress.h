/* SPDX-License-Identifier: MIT */
/*
 * progress.h: how far a run is: a line on the terminal, and DIR/status.json of
 * the run, which is whole at any time, for whoever asks from elsewhere.
 */
#ifndef SUITE_PROGRESS_H
#define SUITE_PROGRESS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "suite/judge.h"

struct progress {
	const char *dir; /* of the run; NULL: nothing is kept */
	bool quiet;	 /* no line on the terminal */
	size_t cells, done;
	const size_t *verdicts;
	uint64_t start, told; /* as clock_us() */
};

#define PROGRESS_RUNNING "running"
#define PROGRESS_ENDED	 "ended"
#define PROGRESS_STOPPED "interrupted"

/* Tells where it is: the file at most twice a second, but for the last time.
 * What cannot be written is left out: the record matters. */
void progress_tell(struct progress *p, const char *state);

/* status.json of the run in DIR; NULL: there is none. */
json_t *progress_read(const char *dir);

#endif
