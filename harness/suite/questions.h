/* SPDX-License-Identifier: MIT */
/*
 * questions.h: the user's questions, the answers, and the cells that an answer
 * stands on. An answer is printed as proven only when each of its cells was
 * seen with the outcome that it names here.
 */
#ifndef SUITE_QUESTIONS_H
#define SUITE_QUESTIONS_H

#include "probe/probe.h"

#define CLAIM_CELLS 6

struct claim {
	const char *text;
	struct {
		const char *cell;
		enum outcome outcome;
		const char *call; /* NULL: whichever */
	} cells[CLAIM_CELLS];
};

struct question {
	const char *text;
	const char *answer;	    /* in short */
	const struct claim *claims; /* ended by one without text */
};

extern const struct question questions[];
extern const int nquestions;

#endif
