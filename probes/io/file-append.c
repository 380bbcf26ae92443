/* SPDX-License-Identifier: MIT */
/* io/file-append.c: O_APPEND holds whatever the offset is. */
#include "probe.h"

static int fd, other, reader;
static char b[8];

static int setup(void)
{
	fd = (int)sys(__NR_open, "file", 02101 /* append, create */, 0600);
	other = (int)sys(__NR_open, "file", 02001, 0);
	reader = (int)sys(__NR_open, "file", 0, 0);
	return reader < 0 ? -reader : 0;
}

static int run(void)
{
	CHECK(sys(__NR_write, fd, "ab", 2) == 2);
	CHECK(sys(__NR_write, other, "cd", 2) == 2);
	CHECK(sys(__NR_write, fd, "ef", 2) == 2);
	CHECK(sys(__NR_read, reader, b, 8) == 6);
	CHECK(b[0] == 'a' && b[2] == 'c' && b[4] == 'e');
	return 0;
}

PROBE_RAW = {
	.about = "write twice to an append-only file",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/open.2.html" },
};
