/* SPDX-License-Identifier: MIT */
/* io/closed.c: a descriptor that is none, or not open for that, is EBADF. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	static const int bad[] = { -1, 99, 0x7fffffff, -100 };
	char b;

	for (int i = 0; i < 4; i++) {
		CHECK(sys(__NR_read, bad[i], &b, 1) == -EBADF);
		CHECK(sys(__NR_write, bad[i], &b, 1) == -EBADF);
	}
	CHECK(sys(__NR_read, fd[1], &b, 1) == -EBADF);
	CHECK(sys(__NR_write, fd[0], &b, 1) == -EBADF);
	return 0;
}

PROBE_RAW = {
	.about = "read and write closed, negative, huge and wrong-way "
		 "descriptors",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html" },
};
