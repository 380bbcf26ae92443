/* SPDX-License-Identifier: MIT */
/* libc/sysconf-limits.c: how many descriptors may be open is a limit to ask
 * for. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	probe_value(sysconf(_SC_OPEN_MAX));
	return 0;
}

PROBE = {
	.about = "sysconf of the number of descriptors",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ WORKS, .under = "four-enosys",
			.why = "a number comes, see the values: glibc guesses "
			       "256, musl hands out what its stack held" },
		{ DIES("prlimit64|ugetrlimit|getrlimit") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/getdtsz.c",
		"musl 1.2.3 src/conf/sysconf.c" },
};
