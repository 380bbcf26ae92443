/* SPDX-License-Identifier: MIT */
/* from_bpf.h: rules that say what a filter does that has none. Pure code. */
#ifndef PROFILE_FROM_BPF_H
#define PROFILE_FROM_BPF_H

#include "profile/rules.h"

/*
 * Fills TO, which is zero, by rules for what BPF, which is a filter alone, does
 * with calls that have names. What rules have no words for is not among them:
 * whoever writes TO compares it with BPF. 0, or -1 and ERR: not all of the
 * filter could be followed.
 */
int profile_from_bpf(const struct profile *bpf, struct profile *to,
	struct profile_error *err);

#endif
