/* SPDX-License-Identifier: MIT */
/* hostile/close-all.c: no descriptor is left, then a daemon. */
#include "probe.h"

#include <unistd.h>

static int setup(void)
{
	for (int i = 0; i < 1024; i++)
		close(i);
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			for (;;)
				pause();
		_exit(0);
	}
	return 0;
}

static int run(void)
{
	return 0;
}

PROBE = {
	.about = "close every descriptor, and leave a daemon",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
