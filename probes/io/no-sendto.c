/* SPDX-License-Identifier: MIT */
/* io/no-sendto.c: sendto is not write: the filter knows numbers, not
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
	long ret = sys(__NR_sendto, s[0], b, 1, 0, NULL, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "sendto on descriptors that read and write may use",
	.setup = setup,
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("sendto") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/send.2.html" },
};
