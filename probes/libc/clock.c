/* SPDX-License-Identifier: MIT */
/* libc/clock.c: clock() is such a clock. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	CHECK(clock() != (clock_t)-1);
	return 0;
}

PROBE = {
	.about = "clock(), the CPU time used",
	.run = run,
	.under = "four four+vdso",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ DIES("clock_gettime|clock_gettime64") },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/clock.c" },
};
