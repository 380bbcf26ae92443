/* SPDX-License-Identifier: MIT */
/* hostile/flood.c: output without end. */
#include "probe.h"

static char text[65536];

static int run(void)
{
	while (sys(__NR_write, 1, text, sizeof(text)))
		sys(__NR_write, 2, text, sizeof(text));
	return 0;
}

PROBE = {
	.about = "write to standard output and error without end",
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
