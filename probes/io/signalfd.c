/* SPDX-License-Identifier: MIT */
/* io/signalfd.c: a signal descriptor turns signals into reads: no handler, no
 * rt_sigreturn. */
#include "probe.h"

static int fd;
static uint32_t info[32];
static const uint64_t set = 1ull << (SIGUSR1 - 1);

static int setup(void)
{
	sys(__NR_rt_sigprocmask, 0 /* SIG_BLOCK */, &set, NULL, 8);
	fd = (int)sys(__NR_signalfd4, -1, &set, 8, 0);
	if (fd < 0)
		return -fd;
	return (int)-sys(__NR_kill, sys(__NR_getpid), SIGUSR1);
}

static int run(void)
{
	CHECK(sys(__NR_read, fd, info, 128) == 128);
	CHECK(info[0] == SIGUSR1);
	return 0;
}

PROBE_RAW = {
	.about = "read a blocked signal from a signalfd",
	.setup = setup,
	.run = run,
	.under = "four strict",
	.expect = {
		{ WORKS,
			.why = "the repair for signals that costs no call: "
			       "block, signalfd, read" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/signalfd.2.html" },
};
