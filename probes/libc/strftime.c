/* SPDX-License-Identifier: MIT */
/* libc/strftime.c: a date without a zone is printed from memory. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct tm tm = { .tm_year = 101, .tm_mday = 1 };
	char b[32];

	CHECK(strftime(b, sizeof(b), "%Y-%m-%d", &tm) == 10);
	return 0;
}

PROBE = {
	.about = "strftime of a date without a zone",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "glibc calls tzset for %Z and its kind alone" },
	},
	.seen = { "glibc 2.36 time/strftime_l.c" },
};
