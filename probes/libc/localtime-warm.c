/* SPDX-License-Identifier: MIT */
/* libc/localtime-warm.c: local time after tzset needs nothing, while the
 * zone's file is not looked at again. */
#include "probe.h"

#include <time.h>

static int setup(void)
{
	tzset();
	return 0;
}

static int run(void)
{
	time_t t = 1000000000;
	struct tm tm;

	CHECK(localtime_r(&t, &tm));
	return 0;
}

PROBE = {
	.about = "localtime after a first one",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/tzset.3.html" },
};
