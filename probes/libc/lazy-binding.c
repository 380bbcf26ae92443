/* SPDX-License-Identifier: MIT */
/* libc/lazy-binding.c: a function that is called for the first time is looked
 * up by the loader, without a call. */
#include "probe.h"

#include <math.h>

static volatile double number = 4.5;

static int run(void)
{
	CHECK(tgamma(number) > 0);
	return 0;
}

PROBE = {
	.about = "the first call of a function of libm",
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man8/ld.so.8.html" },
};
