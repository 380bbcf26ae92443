/* SPDX-License-Identifier: MIT */
/* libc/localtime.c: local time reads the time zone: files, and a heap. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	time_t t = 1000000000;

	CHECK(localtime(&t));
	return 0;
}

PROBE = {
	.about = "localtime, the first time",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four-enosys",
			.why = "no zone file: UTC, without a word" },
		{ WORKS, .under = "four+files" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 time/tzset.c", "musl 1.2.3 src/time/__tz.c" },
};
