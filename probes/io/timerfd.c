/* SPDX-License-Identifier: MIT */
/* io/timerfd.c: a timer descriptor that was set before arming is a clock by
 * read: sleep without nanosleep. */
#include "probe.h"

static int fd;
static const struct sys_timespec every[2] = { { 0, 2000000 }, { 0, 2000000 } };

static int setup(void)
{
	fd = (int)sys(__NR_timerfd_create, 1 /* CLOCK_MONOTONIC */, 0);
	return fd < 0 ? -fd : (int)-sys(__NR_timerfd_settime, fd, 0, every, 0);
}

static int run(void)
{
	uint64_t n = 0;

	CHECK(sys(__NR_read, fd, &n, 8) == 8 && n >= 1);
	CHECK(sys(__NR_read, fd, &n, 8) == 8 && n >= 1);
	return 0;
}

PROBE_RAW = {
	.about = "read a periodic timer twice",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/timerfd_create.2.html" },
};
