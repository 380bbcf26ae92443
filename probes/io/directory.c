/* SPDX-License-Identifier: MIT */
/* io/directory.c: a directory cannot be read by read. */
#include "probe.h"

static int fd;

static int setup(void)
{
	fd = (int)sys(__NR_open, ".", 0, 0);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_read, fd, b, 8) == -EISDIR);
	CHECK(sys(__NR_write, fd, b, 8) == -EBADF);
	return 0;
}

PROBE_RAW = {
	.about = "read a directory",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html" },
};
