/* SPDX-License-Identifier: MIT */
/* libc/localtime-again.c: localtime, unlike localtime_r, looks at the zone's
 * file each time. */
#include "probe.h"

#include <stdlib.h>
#include <time.h>

static int setup(void)
{
	tzset();
	return unsetenv("TZ");
}

static int run(void)
{
	time_t t = 1000000000;

	CHECK(localtime(&t));
	return 0;
}

PROBE = {
	.about = "localtime after tzset, with TZ unset",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ DIES("newfstatat|stat64|fstatat64|statx|stat|openat") },
	},
	.seen = { "glibc 2.36 time/tzfile.c" },
};
