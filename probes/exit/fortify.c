/* SPDX-License-Identifier: MIT */
/* exit/fortify.c: a buffer overflow that _FORTIFY_SOURCE catches. */
#undef _FORTIFY_SOURCE
#define _FORTIFY_SOURCE 2
#include "probe.h"

#include <string.h>

static char small[8];

static int run(void)
{
	volatile size_t n = 9;

	memset(small, 'x', n);
	return small[0] == 'x' ? 0 : EBADE;
}

PROBE = {
	.about = "memset() over the end of a buffer, fortified",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.flavours = "!musl",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "abort's hlt, with the message lost" },
		{ MASKS(SIGABRT, "writev") },
	},
	.seen = { "glibc 2.36 debug/fortify_fail.c, "
		  "sysdeps/posix/libc_fatal.c" },
};
