/* SPDX-License-Identifier: MIT */
/* io/stderr-buffered.c: a buffer given to standard error before the filter:
 * one write for a line of several parts. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static char buffer[256];
static int fd[2];

static int setup(void)
{
	if (pipe2(fd, O_DIRECT) || dup2(fd[1], 2) < 0)
		return errno;
	return setvbuf(stderr, buffer, _IOLBF, sizeof(buffer)) ? ENOMEM : 0;
}

static int run(void)
{
	char b[32];

	if (fprintf(stderr, "%d ", 1) < 0 || fprintf(stderr, "%d\n", 2) < 0)
		return errno;
	/* A packet is a write. */
	CHECK(read(fd[0], b, sizeof(b)) == 4);
	return 0;
}

PROBE = {
	.about = "two fprintf to a line-buffered standard error",
	.setup = setup,
	.run = run,
	.under = "four four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ WORKS, .flavour = "!musl" },
		{ DIES("writev") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/setvbuf.3.html" },
};
