/* SPDX-License-Identifier: MIT */
/* io/fread.c: a large read goes past the buffer: readv in musl. */
#include "probe.h"

#include <stdio.h>

static char big[8192];

static int run(void)
{
	return fread(big, 1, sizeof(big), stdin) == 4 ? 0 : errno;
}

PROBE = {
	.about = "fread more than the buffer holds",
	.run = run,
	.under = "four four+stdio four+stdio+heap",
	.stdin_text = "four",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ WORKS, .under = "four+stdio",
			.flavour = "musl glibc-static" },
		{ DIES("readv"), .flavour = "musl" },
		{ DIES("newfstatat|fstat64|fstat|statx"), .under = "four" },
		{ DIES("getrandom|brk") },
	},
	.seen = { "musl 1.2.3 src/stdio/__stdio_read.c" },
};
