/* SPDX-License-Identifier: MIT */
/* libc/rand.c: pseudo-random numbers are arithmetic. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	srand(1);
	CHECK(rand() != rand() || random() >= 0);
	CHECK(drand48() < 1.0);
	return 0;
}

PROBE = {
	.about = "rand, random, drand48",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/rand.3.html" },
};
