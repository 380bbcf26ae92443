/* SPDX-License-Identifier: MIT */
/*
 * equal.h: whether filters that are loaded one over the other do to every call
 * what one filter does. Pure code.
 */
#ifndef PROFILE_EQUAL_H
#define PROFILE_EQUAL_H

#include "sys/bpf.h"

enum equal {
	EQUAL_YES, /* followed to every end */
	EQUAL_NO,  /* and a call shows it */
	EQUAL_UNKNOWN,
};

struct unequal {
	struct seccomp_data data;
	uint32_t is, asked; /* verdicts */
};

/*
 * N checked filters in STACK, the newest first, beside ASKED: for each call
 * that programs on this machine can make. Fills *BAD for EQUAL_NO.
 */
enum equal equal_filters(const struct filter *stack, unsigned n,
	const struct filter *asked, struct unequal *bad);

/* The verdict of all of them: the strictest, and the newest of those
 * (seccomp_run_filters in kernel/seccomp.c). */
uint32_t equal_run(const struct filter *stack, unsigned n,
	const struct seccomp_data *data);

#endif
