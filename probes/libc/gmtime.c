/* SPDX-License-Identifier: MIT */
/* libc/gmtime.c: universal time is arithmetic. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	time_t t = 1000000000;

	CHECK(gmtime(&t)->tm_year == 101);
	return 0;
}

PROBE = {
	.about = "gmtime",
	.run = run,
	.under = "four four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ WORKS, .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static",
			.why = "gmtime sets the zone up too" },
		{ DIES("getrandom|brk"), .why = "gmtime sets the zone up too" },
	},
	.seen = { "glibc 2.36 time/tzset.c, __tz_convert" },
};
