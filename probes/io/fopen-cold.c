/* SPDX-License-Identifier: MIT */
/* io/fopen-cold.c: the first fopen of a process, with its heap cold. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	FILE *f = fopen("/dev/null", "r");

	return f ? 0 : errno;
}

PROBE = {
	.about = "fopen, the first",
	.run = run,
	.under = "four four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "glibc 2.36 libio/iofopen.c" },
};
