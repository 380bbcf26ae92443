/* SPDX-License-Identifier: MIT */
/* io/devices.c: null, zero, full and random by read and write. */
#include "probe.h"

static const char *const names[] = { "/dev/null", "/dev/zero", "/dev/full",
	"/dev/urandom" };
static int fd[4];

static int setup(void)
{
	for (int i = 0; i < 4; i++) {
		fd[i] = (int)sys(__NR_open, names[i], 02, 0);
		if (fd[i] < 0)
			return -fd[i];
	}
	return 0;
}

static int run(void)
{
	char b[8] = { 1, 1 };

	CHECK(sys(__NR_read, fd[0], b, 8) == 0);
	CHECK(sys(__NR_write, fd[0], b, 8) == 8);
	CHECK(sys(__NR_read, fd[1], b, 8) == 8 && b[0] == 0);
	CHECK(sys(__NR_write, fd[2], b, 8) == -ENOSPC);
	CHECK(sys(__NR_read, fd[3], b, 8) == 8);
	return 0;
}

PROBE_RAW = {
	.about = "read and write /dev/null, /dev/zero, /dev/full, /dev/urandom",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS,
			.why = "randomness without getrandom: open "
			       "/dev/urandom before arming" },
	},
	.seen = { "https://man7.org/linux/man-pages/man4/null.4.html",
		"https://man7.org/linux/man-pages/man4/random.4.html" },
};
