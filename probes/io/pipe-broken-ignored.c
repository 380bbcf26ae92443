/* SPDX-License-Identifier: MIT */
/* io/pipe-broken-ignored.c: with SIGPIPE ignored before arming a broken pipe
 * is an errno. */
#include "probe.h"

static int fd[2];
static const struct {
	long handler, flags, restorer, mask[2];
} ignore = { 1, 0, 0, { 0, 0 } };

static int setup(void)
{
	if (sys(__NR_pipe, fd) || sys(__NR_close, fd[0]))
		return EMFILE;
	return (int)-sys(__NR_rt_sigaction, SIGPIPE, &ignore, NULL, 8);
}

static int run(void)
{
	CHECK(sys(__NR_write, fd[1], "x", 1) == -EPIPE);
	return 0;
}

PROBE_RAW = {
	.about = "write to a pipe that nobody reads, SIGPIPE ignored",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
