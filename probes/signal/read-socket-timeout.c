/* SPDX-License-Identifier: MIT */
/* signal/read-socket-timeout.c: a read with a time-out is not restarted. */
#include "probe.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct timeval tv = { .tv_sec = 60 };

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) ||
		setsockopt(fd[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) ||
		sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	CHECK(read(fd[0], &c, 1) < 0);
	return errno == EINTR ? 0 : errno;
}

PROBE = {
	.about = "read a socket with SO_RCVTIMEO; EINTR in spite of SA_RESTART",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigreturn",
	.expect = {
		{ WORKS, .under = "four+rt_sigreturn" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "rt_sigreturn comes back with an errno, and the "
			       "restorer runs on into what lies behind it" },
		{ DIES("sigreturn"), .flavour = "i386" },
		{ DIES("rt_sigreturn") },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
