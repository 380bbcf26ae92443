/* SPDX-License-Identifier: MIT */
/* libc/time.c: the seconds come from the vDSO too. */
#include "probe.h"

#include <sys/time.h>
#include <time.h>

static int run(void)
{
	struct timeval tv;

	CHECK(time(NULL) != (time_t)-1);
	CHECK(gettimeofday(&tv, NULL) == 0);
	return 0;
}

PROBE = {
	.about = "time and gettimeofday",
	.run = run,
	.under = "four four+vdso",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ WORKS, .has = "vdso_clock" },
		{ DIES("time|gettimeofday|clock_gettime|clock_gettime64") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/vdso.7.html" },
};
