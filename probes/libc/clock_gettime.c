/* SPDX-License-Identifier: MIT */
/* libc/clock_gettime.c: the clocks that the vDSO serves cost no call, while
 * the machine's clock source can be read from user space. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	static const clockid_t ids[] = { CLOCK_REALTIME, CLOCK_MONOTONIC,
		CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME };
	struct timespec t;

	for (int i = 0; i < 4; i++)
		CHECK(clock_gettime(ids[i], &t) == 0);
	return 0;
}

PROBE = {
	.about = "clock_gettime of four clocks",
	.run = run,
	.under = "four four+vdso strict",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ CRASHES(SIGSEGV), .under = "strict", .has = "vdso_clock",
			.why = "strict mode, unlike a filter, takes the "
			       "time-stamp counter away: the vDSO reads it" },
		{ WORKS, .has = "vdso_clock" },
		{ DIES("clock_gettime|clock_gettime64") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/vdso.7.html",
		"Linux kernel/seccomp.c, seccomp_set_mode_strict: disable_TSC" },
};
