/* SPDX-License-Identifier: MIT */
/*
 * thread/slice-yield.c: a thread that asked by rseq for a longer slice gives it
 * back by a call of its own, which no filter written before Linux 7.0 knows.
 */
#include "probe.h"

/* Younger than the headers. */
#define RSEQ_SLICE_YIELD 471

static int run(void)
{
	long ret = sys(RSEQ_SLICE_YIELD);

	CHECK(ret <= 0); /* 1: a slice was granted */
	return (int)-ret;
}

PROBE_RAW = {
	.about = "give a slice back that was not granted",
	.run = run,
	.under = "four four-process four-eperm",
	.flavours = "raw i386",
	.has = "rseq_slice",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ DIES("rseq_slice_yield") },
	},
	.seen = { "https://docs.kernel.org/userspace-api/rseq.html",
		"Linux 7.0 kernel/rseq.c, rseq_slice_yield" },
};
