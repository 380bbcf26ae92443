/* SPDX-License-Identifier: MIT */
/* io/socket.c: read and write on a socket are recv and send without flags. */
#include "probe.h"

static int fd[4];

static int setup(void)
{
	if (sys(__NR_socketpair, 1, 1, 0, fd) ||
		sys(__NR_socketpair, 1, 1, 0, fd + 2))
		return EMFILE;
	return (int)-sys(__NR_close, fd[3]);
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_write, fd[0], "ab", 2) == 2);
	CHECK(sys(__NR_read, fd[1], b, 8) == 2);
	CHECK(sys(__NR_write, fd[1], "cde", 3) == 3);
	CHECK(sys(__NR_read, fd[0], b, 8) == 3);
	CHECK(sys(__NR_read, fd[2], b, 8) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "write and read over a socket pair, both ways, and past its "
		 "end",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/socket.7.html" },
};
