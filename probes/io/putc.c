/* SPDX-License-Identifier: MIT */
/* io/putc.c: one character on an unbuffered stream. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	if (fputc('x', stderr) < 0)
		return errno;
	return 0;
}

PROBE = {
	.about = "one character on an unbuffered stream",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("writev") },
	},
	.seen = { "glibc 2.36 stdio-common/vfprintf-internal.c",
		"musl 1.2.3 src/stdio/__stdio_write.c" },
};
