/* SPDX-License-Identifier: MIT */
/* libc/strtod.c: numbers from text. */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>

static int run(void)
{
	int n;

	CHECK(strtod("2.5e3", NULL) == 2500);
	CHECK(strtol("0x10", NULL, 0) == 16);
	CHECK(sscanf("17", "%d", &n) == 1 && n == 17);
	return 0;
}

PROBE = {
	.about = "strtod, strtol, sscanf",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/strtod.3.html" },
};
