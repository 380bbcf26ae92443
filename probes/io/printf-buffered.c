/* SPDX-License-Identifier: MIT */
/* io/printf-buffered.c: a stream that is given a buffer asks for nothing. */
#include "probe.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fd[2];

/* Standard output is a pipe that run() reads. */
static int to_pipe(void)
{
	return pipe(fd) || dup2(fd[1], 1) < 0 ? errno : 0;
}

static int arrived(const char *text, size_t n)
{
	char b[64] = "";

	CHECK(read(fd[0], b, sizeof(b)) == (ssize_t)n && !memcmp(b, text, n));
	return 0;
}

static char buffer[4096];

static int setup(void)
{
	return to_pipe() || setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
}

static int run(void)
{
	if (printf("hello\n") < 0 || fflush(stdout))
		return errno;
	return arrived("hello\n", 6);
}

PROBE = {
	.about = "setvbuf before arming, then the first printf",
	.setup = setup,
	.run = run,
	.under = "four four-process",
	.expect = {
		{ WORKS, .flavour = "!musl",
			.why = "doallocate is what stats and allocates, and "
			       "it is not called" },
		{ DIES("writev"),
			.why = "setvbuf also settles that it is no terminal" },
	},
	.seen = { "glibc 2.36 libio/filedoalloc.c",
		"musl 1.2.3 src/stdio/setvbuf.c" },
};
