/* SPDX-License-Identifier: MIT */
/* libc/clock_getres.c: the vDSO answers, where the libc asks it. */
#include "probe.h"

#include <time.h>

static int run(void)
{
	struct timespec t;

	return clock_getres(CLOCK_MONOTONIC, &t) ? errno : 0;
}

PROBE = {
	.about = "clock_getres of the monotonic clock",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys", .flavour = "musl" },
		{ DIES("clock_getres"), .flavour = "musl",
			.why = "musl asks the kernel itself" },
		{ WORKS, .flavour = "i386", .under = "four-enosys",
			.why = "ENOSYS sends it to the 32-bit vDSO function" },
		{ DIES("clock_getres_time64"), .flavour = "i386",
			.why = "asked first: no vDSO function for 64 bits" },
		{ FAILS(ENOSYS), .under = "four-enosys",
			.has = "!vdso_clock_getres" },
		{ DIES("clock_getres"), .has = "!vdso_clock_getres" },
		{ WORKS, .why = "__vdso_clock_getres" },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/clock_getres.c",
		"musl 1.2.3 src/time/clock_getres.c" },
};
