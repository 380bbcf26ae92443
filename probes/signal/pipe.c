/* SPDX-License-Identifier: MIT */
/* signal/pipe.c: a write that nobody reads, by default. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static int setup(void)
{
	return pipe(fd) || close(fd[0]) ? errno : 0;
}

static int run(void)
{
	return write(fd[1], "x", 1) < 0 ? errno : EBADE;
}

PROBE = {
	.about = "write to a pipe without a reader",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.dies_of = SIGPIPE,
	.expect = {
		{ CRASHES(SIGPIPE) },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
