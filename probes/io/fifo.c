/* SPDX-License-Identifier: MIT */
/* io/fifo.c: a FIFO that is open is a pipe; opening it was the call. */
#include "probe.h"

static int fd;

static int setup(void)
{
	long ret = sys(__NR_mknod, "fifo", 010600 /* S_IFIFO */, 0);

	if (ret < 0)
		return (int)-ret;
	fd = (int)sys(__NR_open, "fifo", 04002 /* O_RDWR | O_NONBLOCK */, 0);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_read, fd, b, 8) == -EAGAIN);
	CHECK(sys(__NR_write, fd, "fifo", 4) == 4);
	CHECK(sys(__NR_read, fd, b, 8) == 4 && b[0] == 'f');
	return 0;
}

PROBE_RAW = {
	.about = "write to a FIFO and read it back",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man7/fifo.7.html" },
};
