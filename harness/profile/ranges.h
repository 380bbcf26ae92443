/* SPDX-License-Identifier: MIT */
/* ranges.h: sets of numbers of 64 bits, as ranges of them. Pure code. */
#ifndef PROFILE_RANGES_H
#define PROFILE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range {
	uint64_t first, last;
};

/* In order, with something between each and the next. Zero is the empty set. */
struct ranges {
	size_t n, size;
	struct range *r;
};

/* Adds the numbers from FIRST to LAST. False: out of memory. */
bool ranges_add(struct ranges *s, uint64_t first, uint64_t last);
bool ranges_add_all(struct ranges *s, const struct ranges *more);

/* Takes one number away. False: out of memory. */
bool ranges_cut(struct ranges *s, uint64_t value);

/* All numbers from 0 to LAST that are not in S. False: out of memory. */
bool ranges_not(const struct ranges *s, uint64_t last, struct ranges *rest);

bool ranges_same(const struct ranges *a, const struct ranges *b);
bool ranges_has(const struct ranges *s, uint64_t value);

/* Whether it is all numbers from 0 to LAST. */
bool ranges_is_all(const struct ranges *s, uint64_t last);

void ranges_free(struct ranges *s);

#endif
