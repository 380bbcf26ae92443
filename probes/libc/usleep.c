/* SPDX-License-Identifier: MIT */
/* libc/usleep.c: sleeping is a call; a futex time-out sleeps under four. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	return usleep(1) ? errno : 0;
}

PROBE = {
	.about = "usleep(1)",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("clock_nanosleep|nanosleep|clock_nanosleep_time64") },
	},
	.seen = { "glibc 2.36 posix/nanosleep.c" },
};
