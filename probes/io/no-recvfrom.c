/* SPDX-License-Identifier: MIT */
/* io/no-recvfrom.c: recvfrom is not read: the filter knows numbers, not
 * purposes. */
#include "probe.h"

static int s[2];
static char b[1];

static int setup(void)
{
	if (sys(__NR_socketpair, 1, 1, 0, s))
		return EMFILE;
	return sys(__NR_write, s[0], b, 1) == 1 ? 0 : EIO;
}

static int run(void)
{
	long ret = sys(__NR_recvfrom, s[1], b, 1, 64, NULL, NULL);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "recvfrom on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("recvfrom") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/recv.2.html" },
};
