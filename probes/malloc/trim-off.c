/* SPDX-License-Identifier: MIT */
/* malloc/trim-off.c: with M_TRIM_THRESHOLD off and M_TOP_PAD large the heap
 * neither grows nor shrinks: it stays within the four calls. */
#include "probe.h"

#include <malloc.h>
#include <stdlib.h>

#define N 1024

static void *p[N];

static int setup(void)
{
	void *volatile q;

	mallopt(M_TRIM_THRESHOLD, -1);
	mallopt(M_MMAP_MAX, 0);
	/* What is taken and given back now stays on the heap. */
	q = malloc(4 << 20);
	free(q);
	return q ? 0 : ENOMEM;
}

static int run(void)
{
	for (int i = 0; i < N; i++)
		if (!(p[i] = malloc(1000)))
			return ENOMEM;
	for (int i = 0; i < N; i++)
		free(p[i]);
	return 0;
}

PROBE = {
	.about = "1 MiB of small blocks and back, after mallopt",
	.setup = setup,
	.run = run,
	.under = "four three",
	.flavours = "!musl",
	.expect = {
		{ WORKS, .why = "the repair that costs no call" },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/mallopt.3.html", "glibc 2.36 malloc/malloc.c" },
};
