/* SPDX-License-Identifier: MIT */
/* hostile/fork-bomb.c: every process starts others, for ever. */
#include "probe.h"

static int setup(void)
{
	while (sys(__NR_fork) != -EINVAL)
		;
	return 0;
}

static int run(void)
{
	return 0;
}

PROBE = {
	.about = "fork without end",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
