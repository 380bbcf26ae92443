/* SPDX-License-Identifier: MIT */
/* cost.h: what a filter costs a call. Pure code. */
#ifndef PROFILE_COST_H
#define PROFILE_COST_H

#include "profile/ask.h"

struct cost {
	/* Instructions that run: no fewer, and no more. A path that no
	 * argument takes may count, where the filter asks twice. */
	unsigned least, most;
	/* The kernel answers without running it: see cost_is_cached. */
	bool cached;
};

/* Of BPF, a checked filter, for CALL, whose bits are none. */
void cost_of(const struct filter *bpf, const struct ask_call *call,
	struct cost *cost);

/*
 * Whether Linux 5.11 and later answer the call by a bitmap that they make when
 * the filter is loaded: it is let pass by tests of number and architecture
 * alone (seccomp_is_const_allow in kernel/seccomp.c). A kernel has no more bits
 * than calls, none for x32, and where other filters are loaded too, each must
 * say so.
 */
bool cost_is_cached(const struct filter *bpf, uint32_t arch, int nr);

#endif
