/* SPDX-License-Identifier: MIT */
/* io/pipe-partial.c: a write that does not fit in a non-blocking pipe writes
 * a part, then EAGAIN. */
#include "probe.h"

static int fd[2];
static char data[60000];

static int setup(void)
{
	if (sys(__NR_pipe2, fd, 04000 /* O_NONBLOCK */))
		return EMFILE;
	/* F_SETPIPE_SZ: a user near its pipe limit gets smaller ones. */
	return sys(__NR_fcntl, fd[1], 1031, 65536) < 0 ? EPERM : 0;
}

static int run(void)
{
	CHECK(sys(__NR_write, fd[1], data, 60000) == 60000);
	CHECK(sys(__NR_write, fd[1], data, 60000) < 60000);
	CHECK(sys(__NR_write, fd[1], data, 60000) == -EAGAIN);
	CHECK(sys(__NR_read, fd[0], data, 60000) == 60000);
	return 0;
}

PROBE_RAW = {
	.about = "fill a pipe past its 64 KiB",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
