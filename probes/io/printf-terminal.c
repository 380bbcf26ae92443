/* SPDX-License-Identifier: MIT */
/* io/printf-terminal.c: on a terminal the first printf asks the terminal too.
 * */
#include "probe.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int master;

static int setup(void)
{
	int slave;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) || unlockpt(master))
		return EIO;
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	return slave < 0 || dup2(slave, 1) < 0 ? EIO : 0;
}

static int run(void)
{
	char b[4];
	ssize_t n;

	if (printf("hi\n") < 0)
		return errno;
	/* The terminal hands "hi" and the end of the line on apart. */
	for (size_t have = 0; have < sizeof(b); have += (size_t)n) {
		n = read(master, b + have, sizeof(b) - have);
		CHECK(n > 0);
	}
	CHECK(b[0] == 'h' && b[2] == '\r');
	return 0;
}

PROBE = {
	.about = "the first printf, to a terminal",
	.setup = setup,
	.run = run,
	.under = "four four+stdio four+stdio+heap",
	.expect = {
		{ WORKS, .under = "four+stdio+heap" },
		{ WORKS, .under = "four+stdio", .libc = MUSL(1, 2, 0) },
		{ DIES("ioctl"), .libc = MUSL(1, 2, 0) },
		{ DIES("newfstatat|fstat64|fstat|statx"),
			.under = "four", .flavour = "glibc-static",
			.why = "ptsname and its kind warmed the heap, not "
			       "the stream" },
		{ DIES("newfstatat|fstat64|fstat|statx"), .under = "four" },
		{ WORKS, .under = "four+stdio", .flavour = "glibc-static" },
		{ DIES("getrandom|brk"), .under = "four+stdio" },
	},
	.seen = { "glibc 2.36 libio/filedoalloc.c" },
};
