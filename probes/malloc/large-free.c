/* SPDX-License-Identifier: MIT */
/* malloc/large-free.c: freeing a large block is munmap, in a program that
 * only gives memory back. */
#include "probe.h"

#include <stdlib.h>

static void *volatile p;

static int setup(void)
{
	p = malloc(1 << 20);
	return p ? 0 : ENOMEM;
}

static int run(void)
{
	free(p);
	return 0;
}

PROBE = {
	.about = "free of a 1 MiB block",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .under = "four-enosys", .why = "nobody looks at what munmap says: the memory is leaked" },
		{ DIES("munmap") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
