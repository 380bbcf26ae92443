/* SPDX-License-Identifier: MIT */
/* io/fgets.c: the first line read from standard input asks like the first
 * printf. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	char b[16];

	if (!fgets(b, sizeof(b), stdin))
		return errno ? errno : EIO;
	CHECK(b[0] == 'o');
	return 0;
}

PROBE = {
	.about = "the first fgets from standard input",
	.run = run,
	.under = "four four-enosys four+stdio four+stdio+heap",
	.stdin_text = "one\ntwo\n",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ WORKS, .under = "four+stdio",
			.flavour = "musl glibc-static" },
		{ WORKS, .under = "four-enosys",
			.why = "glibc reads byte by byte: a buffer of one" },
		{ WORKS, .flavour = "musl",
			.why = "a read that fills only the buffer is read, "
			       "one into both the caller's memory and the "
			       "buffer is readv" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
		{ DIES("newfstatat|fstat64|fstat|statx") },
	},
	.seen = { "glibc 2.36 libio/fileops.c, _IO_new_file_underflow",
		"musl 1.2.3 src/stdio/__stdio_read.c" },
};
