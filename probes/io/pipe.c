/* SPDX-License-Identifier: MIT */
/* io/pipe.c: read and write on a pipe need nothing else. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_write, fd[1], "hello", 5) == 5);
	CHECK(sys(__NR_read, fd[0], b, 8) == 5 && b[4] == 'o');
	return 0;
}

PROBE_RAW = {
	.about = "write 5 bytes to a pipe and read them back",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html" },
};
