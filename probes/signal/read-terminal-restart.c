/* SPDX-License-Identifier: MIT */
/* signal/read-terminal-restart.c: a terminal read goes on after a handler. */
#include "probe.h"

#include <pty.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

/* fd[0] is the terminal, fd[1] the side that plays the user. */
#define OPEN_TERMINAL openpty(&fd[1], &fd[0], NULL, NULL, NULL)

static int then(void)
{
	return write(fd[1], "x\n", 2) == 2 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (OPEN_TERMINAL || sigaction(SIGUSR1, &sa, NULL))
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
	.about = "read a terminal; a handler with SA_RESTART, then a line",
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
