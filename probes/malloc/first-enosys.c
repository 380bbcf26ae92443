/* SPDX-License-Identifier: MIT */
/* malloc/first-enosys.c: a first malloc whose every call is refused with
 * ENOSYS fails in peace. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	void *volatile p = malloc(10);

	return p ? 0 : errno;
}

PROBE = {
	.about = "the first malloc(10), all refused with an errno",
	.run = run,
	.under = "four-enosys four-eperm",
	.expect = {
		{ WORKS, .flavour = "glibc-static" },
		{ FAILS(ENOMEM), .under = "four-eperm", .flavour = "musl" },
		{ FAILS(ENOSYS), .flavour = "musl" },
		{ FAILS(ENOMEM) },
	},
	.seen = { "glibc 2.36 malloc/malloc.c", "glibc 2.36 misc/sbrk.c" },
};
