/* SPDX-License-Identifier: MIT */
/* malloc/realloc.c: growing a block in place, or by moving it, in a warm
 * heap. */
#include "probe.h"

#include <stdlib.h>

static void *block;

static int setup(void)
{
	block = malloc(10);
	return block ? 0 : ENOMEM;
}

static int run(void)
{
	void *volatile p = realloc(block, 3000);

	return p ? 0 : ENOMEM;
}

PROBE = {
	.about = "realloc from 10 to 3,000 bytes, the heap warm",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ DIES("brk|mmap") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
