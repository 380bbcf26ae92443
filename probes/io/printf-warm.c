/* SPDX-License-Identifier: MIT */
/* io/printf-warm.c: a stream that was used before arming has its buffer: then
 * write is all that glibc needs. */
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
	char b[8];

	if (to_pipe() || printf("warm\n") < 0 || fflush(stdout))
		return EIO;
	return read(fd[0], b, sizeof(b)) == 5 ? 0 : EIO;
}

static int run(void)
{
	if (printf("again\n") < 0 || fflush(stdout))
		return errno;
	return arrived("again\n", 6);
}

PROBE = {
	.about = "print once before arming, and again after",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+exit_group+writev",
	.expect = {
		{ WORKS, .flavour = "!musl" },
		{ WORKS, .under = "four+exit_group+writev" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("writev") },
	},
	.seen = { "glibc 2.36 libio/fileops.c, new_do_write",
		"musl 1.2.3 src/stdio/__stdio_write.c" },
};
