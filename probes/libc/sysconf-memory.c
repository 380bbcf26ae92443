/* SPDX-License-Identifier: MIT */
/* libc/sysconf-memory.c: how much memory there is. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	long n = sysconf(_SC_PHYS_PAGES);

	probe_value(n);
	return n > 0 ? 0 : EBADE;
}

PROBE = {
	.about = "sysconf of the pages of memory",
	.run = run,
	.under = "four",
	.expect = { { DIES("sysinfo") } },
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/getsysstats.c",
		"musl 1.2.3 src/conf/sysconf.c" },
};
