/* SPDX-License-Identifier: MIT */
/* malloc/warm.c: a heap that was used before arming serves small blocks. */
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
	for (int i = 0; i < 1000; i++) {
		void *volatile p = malloc((size_t)(i % 100 + 1));

		if (!p)
			return ENOMEM;
		free(p);
	}
	return 0;
}

PROBE = {
	.about = "malloc and free of 1,000 small blocks, the heap warm",
	.setup = setup,
	.run = run,
	.under = "four three",
	.expect = {
		{ WORKS, .flavour = "!musl", .why = "three has no futex: a single-threaded malloc never calls it" },
		{ WORKS, .why = "mallocng cuts the groups of small classes out of a slot of a larger one, which is there" },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
