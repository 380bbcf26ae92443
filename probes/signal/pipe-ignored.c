/* SPDX-License-Identifier: MIT */
/* signal/pipe-ignored.c: a write that nobody reads, SIGPIPE ignored. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static int setup(void)
{
	return pipe(fd) || close(fd[0]) || signal(SIGPIPE, SIG_IGN) == SIG_ERR
		       ? errno
		       : 0;
}

static int run(void)
{
	CHECK(write(fd[1], "x", 1) < 0 && errno == EPIPE);
	return 0;
}

PROBE = {
	.about = "write to a pipe without a reader, SIGPIPE ignored",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
