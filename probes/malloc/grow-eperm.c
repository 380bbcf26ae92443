/* SPDX-License-Identifier: MIT */
/* malloc/grow-eperm.c: where brk is refused with an errno glibc believes that
 * it grew. */
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
	int n = 0;

	while (n < 1024 && malloc(1000))
		n++;
	probe_value(n);
	return n == 1024 ? 0 : errno;
}

PROBE = {
	.about = "malloc of 1 MiB in small blocks, all refused with EPERM",
	.setup = setup,
	.run = run,
	.under = "four-eperm",
	.expect = {
		{ FAILS(ENOMEM), .flavour = "musl", .why = "musl turns an EPERM of mmap into ENOMEM, and no other errno" },
		{ CRASHES(SIGSEGV), .why = "an errno from brk, as an address, is a very high break: glibc takes it for success and writes there" },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "glibc 2.36 sysdeps/unix/sysv/linux/brk.c", "musl 1.2.3 src/mman/mmap.c" },
};
