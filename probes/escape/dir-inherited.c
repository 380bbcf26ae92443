/* SPDX-License-Identifier: MIT */
/* escape/dir-inherited.c: a directory that was open before. */
#include "probe.h"

#include <fcntl.h>

static long dir;

static int setup(void)
{
	dir = sys(__NR_open, PROBE_OUTSIDE, O_RDONLY | O_DIRECTORY);
	return dir < 0 ? (int)-dir : 0;
}

static int run(void)
{
	long fd;
	char c;

	CHECK(sys(__NR_read, dir, &c, 1) == -EISDIR);
	CHECK(sys(__NR_write, dir, "x", 1) == -EBADF);
	fd = sys(__NR_openat, dir, "proof", O_CREAT | O_WRONLY, 0600);
	return fd < 0 ? (int)-fd : 0;
}

PROBE_RAW = {
	.about = "create a file in a directory that was opened before",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("openat"), .why = "read and write alone get nothing out "
			"of a directory" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/openat.2.html" },
};
