/* SPDX-License-Identifier: MIT */
/* random.h: profiles and calls by chance, the same for a seed: what tests and
 * the bench try the builder with. */
#ifndef PROFILE_RANDOM_H
#define PROFILE_RANDOM_H

#include "profile/meaning.h"
#include "profile/region.h"

void random_seed(uint64_t seed);
size_t random_below(size_t n);

/*
 * A profile with 2 to 6 rules of one call, or of two: each compares 1 to 3
 * arguments by any operator with values at 0, 2^31, 2^32, 2^63 and small ones.
 * One in four has several actions. P->rules is to be freed.
 */
void random_profile(struct profile *p);

/* Calls with arguments at and beside what rules compare, and others. */
struct random_calls {
	const struct meaning *m;
	size_t n;
	uint64_t values[256];
};

void random_calls(struct random_calls *c, const struct meaning *m);
void random_call(const struct random_calls *c, struct seccomp_data *data);

/* A filter of 40 instructions that the kernel takes: of loads, masks and jumps,
 * or, one in two, of all that filters may do. */
void random_filter(struct filter *bpf);

/* The words of a call, at and beside what such filters compare with. */
void random_words(uint32_t words[REGION_WORDS]);

#endif
