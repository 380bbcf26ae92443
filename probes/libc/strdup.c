/* SPDX-License-Identifier: MIT */
/* libc/strdup.c: a copy of a string is a first allocation. */
#include "probe.h"

#include <string.h>

static int run(void)
{
	return strdup("four") ? 0 : errno;
}

PROBE = {
	.about = "strdup, the heap cold",
	.run = run,
	.under = "four four-enosys four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .flavour = "glibc-static",
			.why = "its heap is warm at main" },
		{ FAILS(ENOSYS), .under = "four-enosys", .flavour = "musl",
			.why = "it hands on what mmap said" },
		{ FAILS(ENOMEM), .under = "four-enosys" },
		{ DIES("brk"), .flavour = "musl" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 malloc/arena.c, tcache_key_initialize",
		"musl 1.2.3 src/malloc/mallocng/malloc.c" },
};
