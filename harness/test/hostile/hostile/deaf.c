/* SPDX-License-Identifier: MIT */
/* hostile/deaf.c: no signal is heard, and the processor is kept. */
#include "probe.h"

static int setup(void)
{
	for (int i = 1; i < 65; i++)
		signal(i, SIG_IGN);
	return 0;
}

static int run(void)
{
	while (sys(__NR_write, -1, NULL, 0))
		;
	return 0;
}

PROBE = {
	.about = "ignore all signals and spin",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
