/* SPDX-License-Identifier: MIT */
/* io/no-flock.c: an open file cannot be locked. */
#include "probe.h"

static int fd;

static int setup(void)
{
	fd = (int)sys(__NR_open, "file", 0102 /* O_RDWR | O_CREAT */, 0600);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	long ret = sys(__NR_flock, fd, 2);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "flock on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("flock") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/flock.2.html" },
};
