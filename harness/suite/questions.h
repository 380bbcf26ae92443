/* SPDX-License-Identifier: MIT */
/*
 * questions.h: the user's questions, the answers sentence by sentence, and the
 * cells that each sentence stands on: those that speak for it, and those that
 * limit it. A sentence holds where each of its cells was seen with the outcome
 * that is named here, on either side: words that fit the one and leave out the
 * other would be half an answer.
 */
#ifndef SUITE_QUESTIONS_H
#define SUITE_QUESTIONS_H

#include <stddef.h>

#include "probe/probe.h"

#define CLAIM_CELLS 10

enum claim_side { FOR, AGAINST };

/* OUTCOME is never OUT_BROKEN: that, 0, stands for what the probe declares for
 * the libc and the kernel at hand, where releases differ and the words say how.
 */
struct proof {
	const char *cell;
	enum outcome outcome;
	const char *call; /* NULL: whichever */
};

struct claim {
	enum claim_side side;
	const char *text;
	struct proof cells[CLAIM_CELLS];
};

struct answer {
	const char *text;	    /* one sentence */
	const struct claim *claims; /* ended by one without text */
};

struct question {
	const char *text;
	const struct answer *answers; /* ended by one without text */
};

/* question_NAME.c: one file a question, or two that are akin. */
extern const struct question question_futex;
extern const struct question question_single;
extern const struct question question_exit;
extern const struct question question_io;
extern const struct question question_unrelated;

/* The I-th, or NULL behind the last. */
const struct question *question_at(size_t i);

#endif
