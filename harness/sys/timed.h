/* SPDX-License-Identifier: MIT */
/* timed.h: how long a system call takes, without a filter and with one. */
#ifndef SYS_TIMED_H
#define SYS_TIMED_H

#include "sys/bpf.h"

/* Nanoseconds a call, of medians. */
struct timed {
	double bare, filtered, ratio;
};

/*
 * Makes call NR of x86-64 programs some thousand times in a process of its own,
 * then loads BPF there, and makes it as often again; in several such processes,
 * whose middle ratio counts. 0; -EPERM: BPF let it not come to an end; or
 * another negative errno: the filter could not be loaded.
 */
int timed_call(const struct filter *bpf, long nr, const uint64_t args[6],
	struct timed *t);

#endif
