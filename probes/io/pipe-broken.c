/* SPDX-License-Identifier: MIT */
/* io/pipe-broken.c: a write that nobody will read is SIGPIPE by default: a
 * death without a refused call. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	if (sys(__NR_pipe, fd))
		return EMFILE;
	return (int)-sys(__NR_close, fd[0]);
}

static int run(void)
{
	if (probe_unfiltered())
		return 0;
	return (int)-sys(__NR_write, fd[1], "x", 1);
}

PROBE_RAW = {
	.about = "write to a pipe that nobody reads, SIGPIPE at its default",
	.setup = setup,
	.run = run,
	.under = "four four-eperm",
	.expect = {
		{ CRASHES(SIGPIPE) },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
