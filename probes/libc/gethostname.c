/* SPDX-License-Identifier: MIT */
/* libc/gethostname.c: the name of the machine is asked from the kernel. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	char b[256];

	return gethostname(b, sizeof(b)) ? errno : 0;
}

PROBE = {
	.about = "gethostname",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("uname") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/gethostname.c",
		"musl 1.2.3 src/unistd/gethostname.c" },
};
