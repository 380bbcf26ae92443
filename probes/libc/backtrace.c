/* SPDX-License-Identifier: MIT */
/* libc/backtrace.c: the first backtrace loads the unwinder's library. */
#include "probe.h"

#include <execinfo.h>

static int run(void)
{
	void *frames[8];

	CHECK(backtrace(frames, 8) > 0);
	return 0;
}

PROBE = {
	.about = "backtrace, the first",
	.run = run,
	.under = "four",
	.flavours = "glibc i386",
	.expect = {
		{ DIES("getrandom|brk|openat") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/backtrace.3.html" },
};
