/* SPDX-License-Identifier: MIT */
/* libc/clock-cpu.c: a clock that the vDSO does not serve is a call. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) ? errno : 0;
}

PROBE = {
	.about = "clock_gettime of the process's CPU time",
	.run = run,
	.under = "four four-enosys four+vdso",
	.expect = {
		{ WORKS, .under = "four+vdso" },
		{ FAILS(EINVAL), .under = "four-enosys", .flavour = "musl",
			.why = "ENOSYS becomes: no such clock" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("clock_gettime64"), .flavour = "i386",
			.why = "the kernel knows it since 5.1: asked first" },
		{ DIES("clock_gettime") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/vdso.7.html" },
};
