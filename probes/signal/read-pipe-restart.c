/* SPDX-License-Identifier: MIT */
/* signal/read-pipe-restart.c: who restarts an interrupted read: the kernel. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int then(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	char c;
	ssize_t n = read(fd[0], &c, 1);

	if (n < 0)
		return errno;
	CHECK(n == 1 && c == 'x');
	return 0;
}

PROBE = {
	.about = "read an empty pipe; a handler with SA_RESTART, then a byte",
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
