/* SPDX-License-Identifier: MIT */
/* io/pipe-atomic.c: up to PIPE_BUF bytes go in as one, or not at all. */
#include "probe.h"

static int fd[2];
static char data[4096];

static int setup(void)
{
	return (int)-sys(__NR_pipe2, fd, 04000 /* O_NONBLOCK */);
}

static int run(void)
{
	long n;

	do
		n = sys(__NR_write, fd[1], data, 4096);
	while (n == 4096);
	CHECK(n == -EAGAIN);
	CHECK(sys(__NR_read, fd[0], data, 100) == 100);
	CHECK(sys(__NR_write, fd[1], data, 4096) == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "write PIPE_BUF bytes where fewer fit",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
