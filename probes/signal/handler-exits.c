/* SPDX-License-Identifier: MIT */
/* signal/handler-exits.c: a handler that ends the process. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
	sys_exit(7);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	read(fd[0], &c, 1);
	return EBADE;
}

PROBE = {
	.about = "read an empty pipe; the handler leaves by raw exit(7)",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
