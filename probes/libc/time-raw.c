/* SPDX-License-Identifier: MIT */
/* libc/time-raw.c: the call behind the vDSO is refused, whatever the vDSO
 * does. */
#include "probe.h"

static int run(void)
{
	long t[4];

	return (int)-sys(__NR_clock_gettime, 0, t);
}

PROBE = {
	.about = "clock_gettime by its number",
	.run = run,
	.under = "four four-enosys four+vdso",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("clock_gettime") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/vdso.7.html" },
};
