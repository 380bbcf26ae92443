/* SPDX-License-Identifier: MIT */
/* malloc/trim.c: freeing the top of the heap gives it back: brk downwards. */
#include "probe.h"

#include <stdlib.h>

#define N 1024

static void *p[N];

/* glibc 2.43 makes a thread's cache at its first free: behind what is kept
 * here the top of the heap would not be free. */
static int setup(void)
{
	void *volatile first = malloc(10);

	free(first);
	for (int i = 0; i < N; i++)
		if (!(p[i] = malloc(1000)))
			return ENOMEM;
	return 0;
}

static int run(void)
{
	for (int i = 0; i < N; i++)
		free(p[i]);
	return 0;
}

PROBE = {
	.about = "free 1 MiB of small blocks",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .under = "four-enosys" },
		{ DIES("munmap|madvise"), .flavour = "musl" },
		{ DIES("brk") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
