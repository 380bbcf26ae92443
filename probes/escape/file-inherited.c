/* SPDX-License-Identifier: MIT */
/* escape/file-inherited.c: a descriptor that was open before. */
#include "probe.h"

#include <fcntl.h>

static long fd;

static int setup(void)
{
	fd = sys(__NR_open, PROBE_CANARY, O_WRONLY);
	return fd < 0 ? (int)-fd : 0;
}

static int run(void)
{
	CHECK(sys(__NR_write, fd, "x", 1) == 1);
	return 0;
}

PROBE_RAW = {
	.about = "write to a file outside that was opened before",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-tsync strict",
	.expect = { { ESCAPES("canary"),
		.why = "write is allowed on every "
		       "descriptor; each that is inherited is a grant" } },
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
