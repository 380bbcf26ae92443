/* SPDX-License-Identifier: MIT */
/* libc/mktime.c: mktime is local time backwards. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct tm tm = { .tm_year = 101, .tm_mday = 1 };

	CHECK(mktime(&tm) != (time_t)-1);
	return 0;
}

PROBE = {
	.about = "mktime, the first time",
	.run = run,
	.under = "four four+files four-eperm",
	.expect = {
		{ WORKS, .under = "four-eperm",
			.why = "no zone file: UTC, without a word" },
		{ WORKS, .under = "four+files" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 time/mktime.c" },
};
