/* SPDX-License-Identifier: MIT */
/* io/no-shutdown.c: an end of stream cannot be sent: a proxy cannot hand on the
 * end of one side. */
#include "probe.h"

static int fd[2];

static int setup(void)
{
	/* AF_UNIX, SOCK_STREAM */
	return (int)-sys(__NR_socketpair, 1, 1, 0, fd);
}

static int run(void)
{
	long ret = sys(__NR_shutdown, fd[0], 1);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "shutdown on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("shutdown") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/shutdown.2.html" },
};
