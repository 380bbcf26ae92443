/* SPDX-License-Identifier: MIT */
/* gallery/strict-clock.c: the kernel's own four takes the clock away. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	return clock_gettime(CLOCK_MONOTONIC, &t) ? errno : 0;
}

PROBE = {
	.about = "clock_gettime under the strict mode",
	.run = run,
	.under = "strict",
	.flavours = "!i386",
	.symptom = "clock_gettime failed, in a mode that allows no fewer calls "
		   "than it needs",
	.diagnosis = "*",
	.expect = {
		{ DIES("clock_gettime"), .has = "!vdso_clock" },
		{ CRASHES(SIGSEGV), .why = "the strict mode forbids rdtsc "
			"(PR_TSC_SIGSEGV), by which the vDSO tells the time" },
	},
	.seen = { "https://github.com/google/syzkaller/issues/2936" },
};
