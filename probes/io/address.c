/* SPDX-License-Identifier: MIT */
/* io/address.c: buffers that are no memory are EFAULT, and read-only ones
 * take no data. */
#include "probe.h"

static int fd[2];
static char b[2];

static int setup(void)
{
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	CHECK(sys(__NR_write, fd[1], NULL, 1) == -EFAULT);
	CHECK(sys(__NR_write, fd[1], -4096L, 1) == -EFAULT);
	CHECK(sys(__NR_write, fd[1], "ab", 2) == 2);
	CHECK(sys(__NR_read, fd[0], NULL, 1) == -EFAULT);
	CHECK(sys(__NR_read, fd[0], "const", 1) == -EFAULT);
	CHECK(sys(__NR_read, fd[0], b, 2) == 2);
	return 0;
}

PROBE_RAW = {
	.about = "read into and write from bad addresses",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html" },
};
