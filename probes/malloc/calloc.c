/* SPDX-License-Identifier: MIT */
/* malloc/calloc.c: calloc of a warm size. */
#include "probe.h"

#include <stdlib.h>

static int setup(void)
{
	void *volatile keep = malloc(10), *volatile p = malloc(10);

	free(p);
	return keep && p ? 0 : ENOMEM;
}

static int run(void)
{
	char *volatile p = calloc(1, 10);

	CHECK(p && !p[0] && !p[9]);
	return 0;
}

PROBE = {
	.about = "calloc of a size that was just freed",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
