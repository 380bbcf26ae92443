/* SPDX-License-Identifier: MIT */
/* io/printf-file.c: the first printf to a file: the same questions as to a
 * pipe, and the same output lost without a word where they are killed. */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int fd;

static int setup(void)
{
	fd = open("out", O_RDWR | O_CREAT, 0600);
	return fd < 0 || dup2(fd, 1) < 0 ? errno : 0;
}

static int run(void)
{
	if (printf("hello\n") < 0 || fflush(stdout))
		return errno;
	/* The offset is shared: nothing is behind it. */
	CHECK(read(fd, (char[8]){ 0 }, 8) == 0);
	return 0;
}

PROBE = {
	.about = "the first printf, to a file, and fflush",
	.setup = setup,
	.run = run,
	.under = "four four-eperm four+stdio four+stdio+heap",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ FAILS(EPERM), .under = "four-eperm", .flavour = "musl",
			.why = "musl writes by writev alone" },
		{ WORKS, .under = "four-eperm",
			.why = "without fstat and heap glibc's buffer is one "
			       "byte: a write for each letter" },
		{ WORKS, .under = "four+stdio", .flavour = "musl" },
		{ DIES("ioctl"), .flavour = "musl",
			.why = "is it a terminal? TIOCGWINSZ, then writev" },
		{ WORKS, .under = "four+stdio", .flavour = "glibc-static",
			.why = "its heap is warm at main" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
		{ DIES("newfstatat|fstat64|fstat|statx") },
	},
	.seen = { "glibc 2.36 libio/filedoalloc.c",
		"musl 1.2.3 src/stdio/__stdout_write.c" },
};
