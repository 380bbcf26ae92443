/* SPDX-License-Identifier: MIT */
/* io/again.c: a descriptor that has nothing says EAGAIN, and no call of the
 * four can wait for it: poll is refused, and spinning is what is left. */
#include "probe.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int fds[4], count;

static int setup(void)
{
	int pair[2];

	if (pipe2(pair, O_NONBLOCK))
		return errno;
	fds[count++] = pair[0];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair))
		return errno;
	fds[count++] = pair[0];
	fds[count++] = eventfd(0, EFD_NONBLOCK);
	fds[count++] = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	return fds[2] < 0 || fds[3] < 0 ? EMFILE : 0;
}

static int run(void)
{
	char b[8];

	for (int i = 0; i < count; i++)
		CHECK(read(fds[i], b, sizeof(b)) < 0 && errno == EAGAIN);
	return 0;
}

PROBE = {
	.about = "read an empty pipe, socket, eventfd, timerfd, without "
		 "waiting",
	.setup = setup,
	.run = run,
	.under = "four four-process strict",
	.expect = { { WORKS } },
	.seen = { "https://man7.org/linux/man-pages/man2/read.2.html" },
};
