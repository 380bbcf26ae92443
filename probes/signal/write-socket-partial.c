/* SPDX-License-Identifier: MIT */
/* signal/write-socket-partial.c: a socket write interrupted behind the first
 * byte. */
#include "probe.h"

#include <sys/socket.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) ||
		sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	static char buf[4 << 20];
	ssize_t n = write(fd[1], buf, sizeof(buf));

	if (n < 0)
		return errno;
	CHECK(n < (ssize_t)sizeof(buf));
	return 0;
}

PROBE = {
	.about = "write 4 MiB to a socket, and be signalled: a count, not "
		 "EINTR",
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
