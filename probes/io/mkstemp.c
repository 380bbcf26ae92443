/* SPDX-License-Identifier: MIT */
/* io/mkstemp.c: a temporary file's name is made without a call; then it is a
 * file to open. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	char name[] = "tmp-XXXXXX";

	return mkstemp(name) < 0 ? errno : 0;
}

PROBE = {
	.about = "mkstemp",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files", .libc = GLIBC(2, 36) },
		{ WORKS, .under = "four+files", .flavour = "musl" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat"), .libc = GLIBC(2, 36),
			.why = "the first name comes from the clock, in the "
			       "vDSO; older ones asked getrandom" },
		{ DIES("getrandom") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/tempname.c",
		"musl 1.2.3 src/temp/__randname.c" },
};
