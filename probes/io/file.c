/* SPDX-License-Identifier: MIT */
/* io/file.c: read and write move a file's offset; four has no call that moves
 * it back. */
#include "probe.h"

static int fd;

static int setup(void)
{
	fd = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	char b[8];
	long ret;

	CHECK(sys(__NR_write, fd, "hello", 5) == 5);
	CHECK(sys(__NR_read, fd, b, 8) == 0);
	ret = sys(__NR_lseek, fd, 0, 0);
	if (ret < 0)
		return (int)-ret;
	CHECK(sys(__NR_read, fd, b, 8) == 5);
	return 0;
}

PROBE_RAW = {
	.about = "write to a file, read behind it, and seek back",
	.setup = setup,
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("lseek") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/lseek.2.html" },
};
