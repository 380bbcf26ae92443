/* SPDX-License-Identifier: MIT */
/* libc/sysconf-processors.c: how many processors: files, or the affinity
 * mask. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	CHECK(sysconf(_SC_NPROCESSORS_ONLN) > 0);
	return 0;
}

PROBE = {
	.about = "sysconf of the processors on line",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files", .flavour = "!musl" },
		{ WORKS, .under = "four-enosys", .why = "a guess: one or two" },
		{ DIES("sched_getaffinity"), .flavour = "musl" },
		{ DIES("openat|sched_getaffinity") },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/getsysstats.c",
		"musl 1.2.3 src/conf/sysconf.c" },
};
