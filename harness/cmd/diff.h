/* SPDX-License-Identifier: MIT */
/* diff.h: what `quartet diff` found, in print. */
#ifndef CMD_DIFF_H
#define CMD_DIFF_H

#include "profile/diff.h"

struct differing {
	const char *names[2];
	const struct filter *a, *b;
	bool json;
};

/* Whether some call is known for which they differ. */
bool diff_found(const struct diff *d);

/* Prints D, as text or JSON. */
void diff_print(const struct differing *t, const struct diff *d);

#endif
