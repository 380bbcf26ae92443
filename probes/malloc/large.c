/* SPDX-License-Identifier: MIT */
/* malloc/large.c: a large block is a mapping of its own. */
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
	void *volatile p = malloc(1 << 20);

	return p ? 0 : errno;
}

PROBE = {
	.about = "malloc of 1 MiB at once, the heap warm",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ CRASHES(SIGSEGV), .under = "four-enosys", .flavour = "!musl", .why = "mmap refused, glibc grows the heap instead: brk answers with an errno that passes for an address" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("mmap|mmap2"), .flavour = "musl" },
		{ DIES("mmap|mmap2") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
