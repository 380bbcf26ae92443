/* SPDX-License-Identifier: MIT */
/* io/perror.c: perror makes a copy of standard error to print to. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	errno = ENOENT;
	perror("probe");
	return 0;
}

PROBE = {
	.about = "perror",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ WORKS, .under = "four-enosys",
			.why = "where dup fails glibc takes standard error "
			       "itself; musl prints nothing and says nothing" },
		{ DIES("writev"), .libc = MUSL(1, 2, 0) },
		{ DIES("dup") },
	},
	.seen = { "glibc 2.36 stdio-common/perror.c" },
};
