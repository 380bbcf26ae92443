/* SPDX-License-Identifier: MIT */
/* io/snprintf.c: formatting to memory asks for nothing, floats with all their
 * digits too. */
#include "probe.h"

#include <stdio.h>
#include <string.h>

static char text[2048];

static int run(void)
{
	snprintf(text, sizeof(text), "%d %s %.3f %a", -5, "word", 2.5, 1.0);
	CHECK(!strncmp(text, "-5 word 2.500 0x1", 17));
	CHECK(snprintf(text, sizeof(text), "%.700f", 1e300 / 3) == 1001);
	return 0;
}

PROBE = {
	.about = "snprintf of integers, strings, floats and 1,000 digits",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 stdio-common/printf_fp.c" },
};
