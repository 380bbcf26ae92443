/* SPDX-License-Identifier: MIT */
/* libc/realpath.c: a path is resolved name by name, each asked for a link. */
#include "probe.h"

#include <limits.h>
#include <stdlib.h>

static int run(void)
{
	char b[PATH_MAX];

	return realpath("/dev/null", b) ? 0 : errno;
}

PROBE = {
	.about = "realpath of /dev/null",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("readlink") },
	},
	.seen = { "glibc 2.36 stdlib/canonicalize.c",
		"musl 1.2.3 src/misc/realpath.c" },
};
