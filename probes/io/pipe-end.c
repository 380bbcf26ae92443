/* SPDX-License-Identifier: MIT */
/* io/pipe-end.c: a pipe without writers reads as the end, again and again. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	if (sys(__NR_pipe, fd))
		return EMFILE;
	sys(__NR_write, fd[1], "ab", 2);
	return (int)-sys(__NR_close, fd[1]);
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_read, fd[0], b, 8) == 2);
	CHECK(sys(__NR_read, fd[0], b, 8) == 0);
	CHECK(sys(__NR_read, fd[0], b, 8) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "read a pipe that nobody can write",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
