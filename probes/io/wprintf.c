/* SPDX-License-Identifier: MIT */
/* io/wprintf.c: the first wide printf asks what the first printf asks. */
#include "probe.h"

#include <stdio.h>
#include <unistd.h>
#include <wchar.h>

static int fd[2];

static int setup(void)
{
	return pipe(fd) || dup2(fd[1], 1) < 0 ? errno : 0;
}

static int run(void)
{
	char b[8];

	if (wprintf(L"%d\n", 42) < 0 || fflush(stdout))
		return errno;
	CHECK(read(fd[0], b, sizeof(b)) == 3 && b[0] == '4');
	return 0;
}

PROBE = {
	.about = "the first wprintf, to a pipe, and fflush",
	.setup = setup,
	.run = run,
	.under = "four four+stdio four+stdio+heap",
	/* glibc 2.41's libc.a crashes here, with and without a filter. */
	.flavours = "!glibc-static",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ WORKS, .under = "four+stdio", .flavour = "musl" },
		{ DIES("ioctl"), .flavour = "musl" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
		{ DIES("newfstatat|fstat64|fstat|statx") },
	},
	.seen = { "glibc 2.36 libio/wfiledoalloc.c",
		"musl 1.2.3 src/stdio/vfwprintf.c" },
};
