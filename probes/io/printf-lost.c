/* SPDX-License-Identifier: MIT */
/* io/printf-lost.c: a buffered line that is not flushed is lost without a
 * word when exit is the raw one. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int fd[2];
static char buffer[4096];

static int setup(void)
{
	if (pipe2(fd, O_NONBLOCK) || dup2(fd[1], 1) < 0)
		return errno;
	return setvbuf(stdout, buffer, _IOFBF, sizeof(buffer)) ? ENOMEM : 0;
}

static int run(void)
{
	char b[8];

	if (printf("hello\n") < 0)
		return errno;
	CHECK(read(fd[0], b, sizeof(b)) < 0 && errno == EAGAIN);
	return 0;
}

PROBE = {
	.about = "printf to a full buffer before the raw exit",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/setvbuf.3.html" },
};
