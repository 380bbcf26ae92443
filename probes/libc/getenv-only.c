/* SPDX-License-Identifier: MIT */
/* libc/getenv-only.c: getenv alone. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	CHECK(!getenv("QUARTET_NO_SUCH"));
	return 0;
}

PROBE = {
	.about = "getenv",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/getenv.3.html" },
};
