/* SPDX-License-Identifier: MIT */
/* signal/write-socket-restart.c: a socket write goes on after a handler. */
#include "probe.h"

#include <sys/socket.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int fill_socket(void)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd))
		return -1;
	while (send(fd[1], "x", 1, MSG_DONTWAIT) == 1)
		;
	return errno != EAGAIN;
}

static int then(void)
{
	char c;

	while (recv(fd[0], &c, 1, MSG_DONTWAIT) == 1)
		;
	return 0;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (fill_socket() || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : errno;
}

PROBE = {
	.about = "write to a full socket; a handler with SA_RESTART, then room",
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
