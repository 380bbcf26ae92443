/* SPDX-License-Identifier: MIT */
/* malloc/memalign.c: aligned blocks are cut out of larger ones. */
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
	void *p;

	return posix_memalign(&p, 64, 64);
}

PROBE = {
	.about = "posix_memalign of 64 bytes to 64, the heap warm",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("brk"), .flavour = "i386", .libc = GLIBC(2, 41), .why = "the heap grows here and nowhere else: not explained yet" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
