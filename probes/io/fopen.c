/* SPDX-License-Identifier: MIT */
/* io/fopen.c: opening a stream allocates it before it opens anything. */
#include "probe.h"

#include <stdio.h>

static int setup(void)
{
	FILE *f = fopen("file", "w");

	return !f || fclose(f) ? EIO : 0;
}

static int run(void)
{
	FILE *f = fopen("file", "r");

	return f ? 0 : errno;
}

PROBE = {
	.about = "fopen a file that exists",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat") },
	},
	.seen = { "glibc 2.36 libio/iofopen.c",
		"musl 1.2.3 src/stdio/fopen.c" },
};
