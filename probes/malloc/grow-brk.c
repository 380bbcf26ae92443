/* SPDX-License-Identifier: MIT */
/* malloc/grow-brk.c: a heap that outgrows what it has asks brk for more. */
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
	for (int i = 0; i < 1024; i++)
		if (!malloc(1000))
			return errno;
	return 0;
}

PROBE = {
	.about = "malloc of 1 MiB in small blocks, the heap warm",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ CRASHES(SIGSEGV), .under = "four-enosys", .flavour = "!musl", .why = "an errno from brk, as an address, is a very high break: glibc takes it for success and writes there" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("brk|mmap|mmap2"), .libc = MUSL(1, 2, 0) },
		{ DIES("brk") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "musl 1.2.3 src/malloc/mallocng" },
};
