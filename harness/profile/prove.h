/* SPDX-License-Identifier: MIT */
/*
 * prove.h: whether a filter says what the rules say, by following each of its
 * paths with the set of calls that take it. Pure code.
 */
#ifndef PROFILE_PROVE_H
#define PROFILE_PROVE_H

#include "profile/meaning.h"

/* A call for which a filter has a verdict that no rule gives. */
struct difference {
	struct seccomp_data data;
	uint32_t built, said;
	size_t rule; /* the first for its number, or SIZE_MAX: there is none */
};

struct differences {
	unsigned n;
	bool more; /* than fit */
	/* All paths were followed, and each set of calls was decided: what is
	 * not among the differences is as the rules say. Else calls at the
	 * edges of all comparisons were tried: SAMPLED of them. */
	bool whole;
	size_t sampled;
	struct difference list[32]; /* one for each way and number */
};

/*
 * Compares what M means with the filter, which was built of the same profile.
 * Each difference is one: both verdicts were computed for that call. False:
 * the byte order of an architecture is not this machine's, and nothing was
 * compared; no program that runs here meets such a filter.
 */
bool prove_filter(const struct meaning *m, const struct filter *bpf,
	struct differences *d);

#endif
