/* SPDX-License-Identifier: MIT */
/* io/stderr.c: standard error is never buffered. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	if (fprintf(stderr, "hello\n") < 0)
		return errno;
	return 0;
}

PROBE = {
	.about = "standard error is never buffered",
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ WORKS, .flavour = "!musl" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("writev") },
	},
	.seen = { "glibc 2.36 stdio-common/vfprintf-internal.c",
		"musl 1.2.3 src/stdio/__stdio_write.c" },
};
