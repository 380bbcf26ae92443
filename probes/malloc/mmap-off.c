/* SPDX-License-Identifier: MIT */
/* malloc/mmap-off.c: M_MMAP_MAX 0 puts large blocks on the heap. */
#include "probe.h"

#include <malloc.h>
#include <stdlib.h>

static int setup(void)
{
	void *volatile p;

	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, -1);
	p = malloc(4 << 20);
	free(p);
	return p ? 0 : ENOMEM;
}

static int run(void)
{
	void *volatile p = malloc(1 << 20);

	if (!p)
		return ENOMEM;
	free(p);
	return 0;
}

PROBE = {
	.about = "1 MiB at once from a heap that holds it, after mallopt",
	.setup = setup,
	.run = run,
	.under = "four three",
	.flavours = "!musl",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/mallopt.3.html", "glibc 2.36 malloc/malloc.c" },
};
