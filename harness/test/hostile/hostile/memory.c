/* SPDX-License-Identifier: MIT */
/* hostile/memory.c: memory without end. */
#include "probe.h"

#include <stdlib.h>
#include <string.h>

static int setup(void)
{
	for (;;) {
		char *p = malloc(16 << 20);

		if (!p)
			return ENOMEM;
		memset(p, 1, 16 << 20);
	}
}

static int run(void)
{
	return 0;
}

PROBE = {
	.about = "take memory without end",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = { { WORKS } },
};
