/* SPDX-License-Identifier: MIT */
/* answers.h: what the records of a run say to each answer. Pure. */
#ifndef SUITE_ANSWERS_H
#define SUITE_ANSWERS_H

#include <stdio.h>

#include "suite/questions.h"
#include "suite/rows.h"
#include "suite/words.h"

/* From the best to the worst. */
enum standing {
	STANDING_SEEN,	     /* every cell was seen as it is named */
	STANDING_NOT_RUN,    /* none was seen otherwise; some were not run */
	STANDING_NOT_PROVEN, /* one was seen otherwise, or without evidence */
};

/* A cell, and a sentence: as its worst cell. ROWS are sorted. */
enum standing answers_proof(const struct rows *rows, const struct proof *p);
enum standing answers_standing(
	const struct rows *rows, const struct answer *answer);

const char *answers_standing_name(enum standing s);

/* Adds the names of the cells that the answers to Q stand on, or all answers.
 * 0 or -ENOMEM. */
int answers_cells_of(const struct question *q, struct words *names);
int answers_cells(struct words *names);

/* The questions from the one numbered FROM on, with each sentence's standing
 * beside it, and its cells; or Q alone. */
void answers_print(const struct rows *rows, size_t from, FILE *out);
void answers_print_one(
	const struct rows *rows, const struct question *q, FILE *out);

#endif
