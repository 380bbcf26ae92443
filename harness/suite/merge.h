/* SPDX-License-Identifier: MIT */
/* merge.h: several recorded runs as one. */
#ifndef SUITE_MERGE_H
#define SUITE_MERGE_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "suite/suite.h"
#include "suite/words.h"

struct merge {
	struct words names;
	struct merge_cell *cells; /* by the number of the name */
	size_t room;
	size_t nruns, records, missing, twice;
	json_t *about; /* of all */
};

/* Every cell of S is to be there N times, or as often as was said before. 0 or
 * -ENOMEM. */
int merge_expect(struct merge *m, const struct suite *s, uint32_t n);

/* Adds what the run in DIR has, of which ABOUT tells, to OUT. 0 or a negative
 * errno, said but for -ENOMEM. */
int merge_add(struct merge *m, const char *dir, const json_t *about, FILE *out);

/* Counts what is missing and what is there too often. */
void merge_count(struct merge *m);

/* Writes run.json of them all to DIR. 0 or a negative errno, said. */
int merge_about(struct merge *m, const char *dir);

/* Names what is missing and what is there too often, with the totals. */
void merge_print(const struct merge *m, const char *dir, FILE *out);

void merge_free(struct merge *m);

#endif
