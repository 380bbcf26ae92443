/* SPDX-License-Identifier: MIT */
/* tally.h: what a fuzzer's target counted, in a file that others watch. */
#ifndef SESSION_TALLY_H
#define SESSION_TALLY_H

#include "program/behaviour.h"

struct tally {
	uint64_t programs;
	uint64_t steps[BEHAVIOUR_OPS];
	uint8_t seen[BEHAVIOURS]; /* by what operation, + 1; 0: not seen */
};

/* The counts in PATH, which is made when it is missing, shared with all who
 * have it open. NULL with errno set; EINVAL when PATH is NULL. */
struct tally *tally_open(const char *path);

/* Counts one program with N behaviours. */
void tally_add(struct tally *t, const struct behaviour *found, int n);

/* Adds those of ANOTHER: numbers as sums, behaviours once. */
void tally_join(struct tally *t, const struct tally *another);

/* How many behaviours of each operation were seen; returns that of all. */
int tally_behaviours(const struct tally *t, int of_op[BEHAVIOUR_OPS]);

/* Where nobody but a write gets it: to a host, from its guest. */
void tally_save(struct tally *t);

void tally_close(struct tally *t);

#endif
