/* SPDX-License-Identifier: MIT */
/* sample.h: calls at the edges of all comparisons. Pure code. */
#ifndef PROFILE_SAMPLE_H
#define PROFILE_SAMPLE_H

#include "profile/meaning.h"

/*
 * Calls TRY for each number that M has rules for: arguments at what those rules
 * compare with, beside it, and with the bits of the other half; all
 * combinations, or 100,000 of them. The number of calls.
 */
size_t sample_calls(const struct meaning *m,
	void (*try)(void *, const struct seccomp_data *), void *context);

#endif
