/* SPDX-License-Identifier: MIT */
/* libc/backtrace-warm.c: after a first backtrace the next needs nothing. */
#include "probe.h"

#include <execinfo.h>

static int setup(void)
{
	void *frames[8];

	return backtrace(frames, 8) > 0 ? 0 : EIO;
}

static int run(void)
{
	void *frames[8];

	CHECK(backtrace(frames, 8) > 0);
	return 0;
}

PROBE = {
	.about = "backtrace, the second",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "glibc i386",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/backtrace.3.html" },
};
