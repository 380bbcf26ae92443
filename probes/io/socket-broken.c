/* SPDX-License-Identifier: MIT */
/* io/socket-broken.c: a write to a closed peer is SIGPIPE, and only send(2)
 * has a flag against it. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	if (sys(__NR_socketpair, 1, 1, 0, fd))
		return EMFILE;
	return (int)-sys(__NR_close, fd[1]);
}

static int run(void)
{
	if (probe_unfiltered())
		return 0;
	return (int)-sys(__NR_write, fd[0], "x", 1);
}

PROBE_RAW = {
	.about = "write to a socket whose peer is closed",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ CRASHES(SIGPIPE),
			.why = "MSG_NOSIGNAL needs sendto: ignore SIGPIPE "
			       "before arming" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/send.2.html" },
};
