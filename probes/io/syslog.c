/* SPDX-License-Identifier: MIT */
/* io/syslog.c: a line to the log: a time zone, a socket, a heap. */
#include "probe.h"

#include <syslog.h>

static int run(void)
{
	syslog(LOG_INFO, "probe");
	return 0;
}

PROBE = {
	.about = "syslog, the first time",
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("socket"), .flavour = "musl" },
		{ DIES("openat"), .flavour = "glibc-static" },
		{ DIES("clock_gettime"), .has = "!vdso_coarse",
			.why = "the time of the last tick, where the vDSO "
			       "has no clock" },
		{ DIES("getrandom|brk|openat") },
	},
	.seen = { "glibc 2.36 misc/syslog.c", "musl 1.2.3 src/misc/syslog.c" },
};
