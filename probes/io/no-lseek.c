/* SPDX-License-Identifier: MIT */
/* io/no-lseek.c: a file goes on where it is: no seeking, no asking where. */
#include "probe.h"

static int fd;

static int setup(void)
{
	fd = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	long ret = sys(__NR_lseek, fd, 0, 1);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "lseek on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("lseek") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/lseek.2.html" },
};
