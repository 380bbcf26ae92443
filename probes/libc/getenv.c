/* SPDX-License-Identifier: MIT */
/* libc/getenv.c: the environment is memory; adding to it allocates. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	CHECK(!getenv("QUARTET_NO_SUCH"));
	return setenv("QUARTET_NO_SUCH", "1", 1) ? errno : 0;
}

PROBE = {
	.about = "getenv, then setenv",
	.run = run,
	.under = "four four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ DIES("brk"), .flavour = "musl" },
		{ WORKS, .flavour = "glibc-static",
			.why = "its heap is warm at main" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/setenv.3.html" },
};
