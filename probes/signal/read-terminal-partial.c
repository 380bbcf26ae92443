/* SPDX-License-Identifier: MIT */
/* signal/read-terminal-partial.c: a terminal read interrupted behind the first
 * byte. */
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

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct termios t;

	if (OPEN_TERMINAL || tcgetattr(fd[0], &t))
		return errno;
	cfmakeraw(&t);
	t.c_cc[VMIN] = 4;
	if (tcsetattr(fd[0], TCSANOW, &t) || write(fd[1], "ab", 2) != 2 ||
		sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char buf[4];
	ssize_t n = read(fd[0], buf, sizeof(buf));

	CHECK(n == 2 && buf[1] == 'b');
	return 0;
}

PROBE = {
	.about = "read 4 bytes of a raw terminal that has 2, and be signalled",
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
