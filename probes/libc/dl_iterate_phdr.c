/* SPDX-License-Identifier: MIT */
/* libc/dl_iterate_phdr.c: what is loaded is known without a call: locks that
 * nobody holds. */
#include "probe.h"

#include <link.h>

static int count(struct dl_phdr_info *info, size_t size, void *n)
{
	(void)info;
	(void)size;
	++*(int *)n;
	return 0;
}

static int run(void)
{
	int n = 0;

	CHECK(dl_iterate_phdr(count, &n) == 0 && n > 0);
	return 0;
}

PROBE = {
	.about = "dl_iterate_phdr",
	.run = run,
	.under = "four three",
	.expect = { { WORKS } },
	.seen = { "glibc 2.36 elf/dl-iteratephdr.c" },
};
