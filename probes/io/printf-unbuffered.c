/* SPDX-License-Identifier: MIT */
/* io/printf-unbuffered.c: an unbuffered stream writes at once, through a
 * buffer on the stack. */
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

static int setup(void)
{
	return to_pipe() || setvbuf(stdout, NULL, _IONBF, 0);
}

static int run(void)
{
	if (printf("hello\n") < 0)
		return errno;
	return arrived("hello\n", 6);
}

PROBE = {
	.about = "setvbuf _IONBF before arming, then the first printf",
	.setup = setup,
	.run = run,
	.under = "four four-process",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ DIES("writev") },
	},
	.seen = { "glibc 2.36 stdio-common/vfprintf-internal.c, buffered_vfprintf" },
};
