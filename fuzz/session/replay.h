/* SPDX-License-Identifier: MIT */
/* replay.h: runs a futex program often, and tells each step. */
#ifndef SESSION_REPLAY_H
#define SESSION_REPLAY_H

#include <stdio.h>

#include "oracle/check.h"
#include "program/emit.h"
#include "sys/failure.h"

#define REPLAY_TIMES	100 /* unless others are asked for */
#define REPLAY_OUTCOMES 8   /* told of each step */

struct replay_outcome {
	uint8_t state;
	bool doubt; /* it slept until the end, or was on its way by then */
	int32_t ret;
	int times;
};

struct replay {
	struct program p;
	int times;
	/* What replay_run saw. */
	struct replay_outcome seen[PROGRAM_STEPS][REPLAY_OUTCOMES];
	int stuck, died, status, lost, broken;
	struct finding finding; /* the first of the broken ones */
	struct result last;	/* of it, or of the last run */
	bool allowed[PROGRAM_STEPS];
};

/* Runs r->p r->times times under BPF. What it saw is zero before. 0, or -1 and
 * F tells what stood in the way. */
int replay_run(struct replay *r, const struct filter *bpf, struct failure *f);

enum replay_told {
	REPLAY_AS_DECLARED,
	REPLAY_DIFFERS, /* some step does, or a promise is broken */
	REPLAY_UNKNOWN, /* it died, hung or lost a thread: that tells nothing */
};

/* What each step returned, how often, and what else came of the runs. */
enum replay_told replay_tell(const struct replay *r, FILE *to);

/* EMIT, of program/emit.h, of what was seen. PROFILE is the name of BPF. */
void replay_emit(const struct replay *r, const struct filter *bpf,
	const char *profile, void (*emit)(const struct emit *e, FILE *to),
	FILE *to);

#endif
