/* SPDX-License-Identifier: MIT */
/* signal/stop-read-timeout.c: a stop ends a read that has a time-out. */
#include "probe.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int fd[2];

static int setup(void)
{
	struct timeval tv = { .tv_sec = 60 };

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) ||
		setsockopt(fd[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)))
		return errno;
	return probe_signal_me(SIGSTOP, NULL);
}

static int run(void)
{
	char c;

	CHECK(read(fd[0], &c, 1) < 0);
	return errno == EINTR ? 0 : errno;
}

PROBE = {
	.about = "read a socket with SO_RCVTIMEO; SIGSTOP and SIGCONT give "
		 "EINTR",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS, .why = "EINTR without any handler: a loop around read "
				"is needed even so" },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
