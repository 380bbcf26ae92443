/* SPDX-License-Identifier: MIT */
/* libc/timespec_get.c: C11's clock is the vDSO's. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	CHECK(timespec_get(&t, TIME_UTC) == TIME_UTC);
	return 0;
}

PROBE = {
	.about = "timespec_get",
	.run = run,
	.under = "four four+vdso",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ WORKS, .has = "vdso_clock" },
		{ DIES("clock_gettime|clock_gettime64") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/vdso.7.html" },
};
