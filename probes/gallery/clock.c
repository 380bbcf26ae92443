/* SPDX-License-Identifier: MIT */
/* gallery/clock.c: a clock that the vDSO does not know. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		return errno;
	return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) ? errno : 0;
}

PROBE = {
	.about = "two clocks without clock_gettime",
	.run = run,
	.under = "no-clock_gettime",
	.flavours = "!i386",
	.symptom = "it works here and is killed there, on a machine with "
		   "another clock source",
	.diagnosis = "the filter killed it at clock_gettime: a clock that the "
		     "vDSO does not serve",
	.expect = {
		{ DIES("clock_gettime"), .why = "the first comes without a "
			"call where the vDSO has a clock, the second nowhere" },
	},
	.seen = { "https://github.com/seccomp/libseccomp/issues/70",
		"https://github.com/cloud-hypervisor/cloud-hypervisor/issues/971" },
};
