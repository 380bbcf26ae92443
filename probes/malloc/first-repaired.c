/* SPDX-License-Identifier: MIT */
/* malloc/first-repaired.c: what a cold heap needs in all. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	void *volatile p = malloc(10), *volatile q = malloc(1 << 20);

	if (!p || !q)
		return ENOMEM;
	free(q);
	free(p);
	return 0;
}

PROBE = {
	.about = "malloc, grow and give back from cold, with the heap's calls",
	.run = run,
	.under = "four+heap",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
