/* SPDX-License-Identifier: MIT */
/* malloc/warm-same.c: a block that was freed is there again, in every
 * allocator. */
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
	void *volatile p = malloc(10);

	return p ? 0 : ENOMEM;
}

PROBE = {
	.about = "malloc of a size that was just freed",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
