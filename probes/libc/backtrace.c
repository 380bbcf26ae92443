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
	.under = "four four-eperm four+files",
	.flavours = "glibc i386",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(EBADE), .under = "four-eperm",
			.why = "no frames, and no error" },
		{ DIES("getrandom|brk|openat") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/backtrace.3.html" },
};
