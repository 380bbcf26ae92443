/* SPDX-License-Identifier: MIT */
/* io/freopen.c: sending standard output elsewhere is descriptors, which the
 * filter has none of. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return freopen("out", "w", stdout) ? 0 : errno;
}

PROBE = {
	.about = "freopen standard output to a file",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("close|openat") },
	},
	.seen = { "glibc 2.36 libio/freopen.c",
		"musl 1.2.3 src/stdio/freopen.c" },
};
