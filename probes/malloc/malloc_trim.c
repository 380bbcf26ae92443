/* SPDX-License-Identifier: MIT */
/* malloc/malloc_trim.c: malloc_trim gives back what it can. */
#include "probe.h"

#include <malloc.h>
#include <stdlib.h>

static int setup(void)
{
	void *volatile p;

	mallopt(M_TRIM_THRESHOLD, -1);
	mallopt(M_MMAP_MAX, 0);
	p = malloc(4 << 20);
	free(p);
	return p ? 0 : ENOMEM;
}

static int run(void)
{
	malloc_trim(0);
	return 0;
}

PROBE = {
	.about = "malloc_trim after frees",
	.setup = setup,
	.run = run,
	.under = "four four+heap",
	.flavours = "!musl",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ DIES("brk|madvise") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/malloc_trim.3.html", "glibc 2.36 malloc/malloc.c" },
};
