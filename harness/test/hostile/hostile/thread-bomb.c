/* SPDX-License-Identifier: MIT */
/* hostile/thread-bomb.c: threads without end. */
#include "probe.h"

static int never;

static void sleeper(void *arg)
{
	(void)arg;
	probe_pass(&never);
}

static int setup(void)
{
	while (probe_thread(sleeper, NULL, NULL) > 0)
		;
	return 0;
}

static int run(void)
{
	return 0;
}

PROBE = {
	.about = "start threads without end",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
