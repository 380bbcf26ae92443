/* SPDX-License-Identifier: MIT */
/* malloc/single-lock.c: a single-threaded program takes no lock of the heap:
 * no atomic, no futex. */
#include "probe.h"

#include <stdlib.h>

static int setup(void)
{
	void *volatile keep = malloc(2000), *volatile p = malloc(2000);

	free(p);
	return keep && p ? 0 : ENOMEM;
}

static int run(void)
{
	for (int i = 0; i < 100; i++) {
		void *volatile p = malloc(2000);

		if (!p)
			return ENOMEM;
		free(p);
	}
	return 0;
}

PROBE = {
	.about = "malloc past the tcache, without futex",
	.setup = setup,
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS, .why = "SINGLE_THREAD_P in glibc, libc.need_locks in musl: the lock is skipped" },
	},
	.seen = { "glibc 2.36 malloc/malloc.c: SINGLE_THREAD_P", "musl 1.2.3 src/malloc/mallocng/glue.h" },
};
