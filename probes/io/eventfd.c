/* SPDX-License-Identifier: MIT */
/* io/eventfd.c: an event descriptor counts by read and write: wake-ups
 * between processes without futex. */
#include "probe.h"

static int fd;

static int setup(void)
{
	fd = (int)sys(__NR_eventfd2, 0, 04000 /* EFD_NONBLOCK */);
	return fd < 0 ? -fd : 0;
}

static int run(void)
{
	uint64_t n = 3;

	CHECK(sys(__NR_write, fd, &n, 8) == 8);
	CHECK(sys(__NR_write, fd, &n, 8) == 8);
	CHECK(sys(__NR_read, fd, &n, 8) == 8 && n == 6);
	CHECK(sys(__NR_read, fd, &n, 8) == -EAGAIN);
	CHECK(sys(__NR_read, fd, &n, 4) == -EINVAL);
	return 0;
}

PROBE_RAW = {
	.about = "add to and take from an eventfd",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/eventfd.2.html" },
};
