/* SPDX-License-Identifier: MIT */
/* io/printf.c: the first printf asks for the file's kind and for a buffer
 * before it writes. */
#include "probe.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fd[2];

/* Standard output is a pipe that run() reads. */
static int setup(void)
{
	return pipe(fd) || dup2(fd[1], 1) < 0 ? errno : 0;
}

static int arrived(const char *text, size_t n)
{
	char b[64] = "";

	CHECK(read(fd[0], b, sizeof(b)) == (ssize_t)n && !memcmp(b, text, n));
	return 0;
}

static int run(void)
{
	if (printf("hello\n") < 0 || fflush(stdout))
		return errno;
	return arrived("hello\n", 6);
}

PROBE = {
	.about = "the first printf, to a pipe, and fflush",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+stdio four+stdio+heap",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ FAILS(ENOSYS), .under = "four-enosys", .libc = MUSL(1, 2, 0),
			.why = "musl writes by writev alone" },
		{ WORKS, .under = "four-enosys",
			.why = "without fstat and heap glibc takes a buffer "
			       "of one byte: six writes for six letters, "
			       "and no error" },
		{ WORKS, .under = "four+stdio", .libc = MUSL(1, 2, 0) },
		{ DIES("ioctl"), .libc = MUSL(1, 2, 0),
			.why = "is it a terminal? TIOCGWINSZ, then writev" },
		{ WORKS, .under = "four+stdio", .flavour = "glibc-static",
			.why = "its heap is warm at main" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
		{ DIES("newfstatat|fstat64|fstat|statx") },
	},
	.seen = { "glibc 2.36 libio/filedoalloc.c",
		"musl 1.2.3 src/stdio/__stdout_write.c" },
};
