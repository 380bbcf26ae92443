/* SPDX-License-Identifier: MIT */
/* malloc/static-arena.c: a program that brings its own memory needs no heap.
 * */
#include "probe.h"

static char arena[1 << 20];

static int run(void)
{
	size_t used = 0;

	for (int i = 0; i < 100; i++) {
		char *p = arena + used;

		used += 1000;
		CHECK(used <= sizeof(arena));
		p[0] = 1;
	}
	return 0;
}

PROBE = {
	.about = "an arena in .bss, carved by a pointer",
	.run = run,
	.under = "four three strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
