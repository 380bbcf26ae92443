/* SPDX-License-Identifier: MIT */
/* skips.h: the cells that were not run, by reason: hundreds may share one.
 * Pure.
 */
#ifndef SUITE_SKIPS_H
#define SUITE_SKIPS_H

#include <stdio.h>

#include "suite/line.h"
#include "suite/words.h"

struct skips {
	struct words whys;
	struct skip *v; /* of the reason of this number */
};

/* Adds the line of one. 0 or -ENOMEM. */
int skips_add(struct skips *s, const struct line *l);

/* A line for each reason: how many, the first by name, and why. */
void skips_print(struct skips *s, FILE *out);

void skips_free(struct skips *s);

#endif
