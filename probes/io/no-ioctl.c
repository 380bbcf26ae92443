/* SPDX-License-Identifier: MIT */
/* io/no-ioctl.c: how much is there to read is not for a reader to ask. */
#include "probe.h"

static int fd[2], n;

static int setup(void)
{
	return (int)-sys(__NR_pipe, fd);
}

static int run(void)
{
	long ret = sys(__NR_ioctl, fd[0], 0x541b /* FIONREAD */, &n);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "ioctl on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("ioctl") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/ioctl.2.html" },
};
