/* SPDX-License-Identifier: MIT */
/* io/no-poll.c: poll is a call of its own. */
#include "probe.h"

static struct {
	int fd;
	short events, revents;
} p[1] = { { .fd = 1, .events = 4 } };

static int run(void)
{
	long ret = sys(__NR_poll, p, 1, 0);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "poll on descriptors that read and write may use",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("poll") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/poll.2.html" },
};
