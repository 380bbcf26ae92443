/* SPDX-License-Identifier: MIT */
/* malloc/realloc-large.c: a large block grows by mremap. */
#include "probe.h"

#include <stdlib.h>

static void *block;

static int setup(void)
{
	block = malloc(1 << 20);
	return block ? 0 : ENOMEM;
}

static int run(void)
{
	void *volatile p = realloc(block, 2 << 20);

	return p ? 0 : errno;
}

PROBE = {
	.about = "realloc of a mapped block from 1 to 2 MiB",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ FAILS(ENOMEM), .under = "four-enosys", .flavour = "glibc i386",
			.libc = GLIBC(2, 43),
			.why = "the heap is cold, its cache is made at the first free: "
			       "sbrk takes the errno for the break, and what it "
			       "wants wraps around" },
		{ CRASHES(SIGSEGV), .under = "four-enosys", .flavour = "!musl", .why = "mmap refused, glibc grows the heap instead: brk answers with an errno that passes for an address" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("mremap") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "glibc 2.43 misc/sbrk.c",
		"musl 1.2.3 src/malloc/mallocng" },
};
