/* SPDX-License-Identifier: MIT */
/* io/socket-datagram.c: a read takes one datagram, and drops what does not
 * fit. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	return (int)-sys(__NR_socketpair, 1, 2, 0, fd);
}

static int run(void)
{
	char b[8];

	CHECK(sys(__NR_write, fd[0], "hello", 5) == 5);
	CHECK(sys(__NR_write, fd[0], "x", 1) == 1);
	CHECK(sys(__NR_read, fd[1], b, 2) == 2);
	CHECK(sys(__NR_read, fd[1], b, 8) == 1 && b[0] == 'x');
	return 0;
}

PROBE_RAW = {
	.about = "read 2 of 5 bytes of a datagram, then the next",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/unix.7.html" },
};
