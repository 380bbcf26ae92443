/* SPDX-License-Identifier: MIT */
/* signal/handler-stays.c: a handler that never returns: the work goes on in it.
 */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	char c;

	(void)sig;
	while (read(fd[0], &c, 1) == 1 && c != '.')
		write(fd[1], c == 'x' ? "." : "x", 1);
	sys_exit(7);
}

static int then(void)
{
	return write(fd[1], "a", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	char c;

	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "read a pipe; the handler takes over the reading and writing",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
