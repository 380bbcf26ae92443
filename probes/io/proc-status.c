/* SPDX-License-Identifier: MIT */
/* io/proc-status.c: a file of /proc that was opened before the filter is
 * written anew at each read from its start: it tells the process of its own
 * filter. */
#include "probe.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fd;

static int setup(void)
{
	fd = open("/proc/self/status", O_RDONLY);
	return fd < 0 ? errno : 0;
}

static int run(void)
{
	static char b[8192];
	const char *mode;

	CHECK(read(fd, b, sizeof(b) - 1) > 0);
	mode = strstr(b, "\nSeccomp:\t");
	CHECK(mode);
	probe_value(atol(mode + 10));
	CHECK((mode[10] == '0') == probe_unfiltered());
	return 0;
}

PROBE = {
	.about = "read one's own status, opened before arming",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man5/proc.5.html" },
};
