/* SPDX-License-Identifier: MIT */
/* hostile/stopped.c: it stops itself before the filter, and after it. */
#include "probe.h"

#include <unistd.h>

static int setup(void)
{
	return kill(getpid(), SIGSTOP) ? errno : 0;
}

static int run(void)
{
	return 0;
}

PROBE = {
	.about = "stop itself before the filter",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
