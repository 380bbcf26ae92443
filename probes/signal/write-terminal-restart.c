/* SPDX-License-Identifier: MIT */
/* signal/write-terminal-restart.c: a terminal write goes on after a handler. */
#include "probe.h"

#include <pty.h>
#include <termios.h>
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
	return tcflow(fd[0], TCOON);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (OPEN_TERMINAL || tcflow(fd[0], TCOOFF) ||
		sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	return write(fd[0], "x", 1) == 1 ? 0 : errno;
}

PROBE = {
	.about = "write to a stopped terminal; a handler with SA_RESTART, then "
		 "go",
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
