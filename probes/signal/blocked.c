/* SPDX-License-Identifier: MIT */
/* signal/blocked.c: a blocked signal does not disturb a read. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static int then(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	if (pipe(fd) || sigprocmask(SIG_BLOCK, &set, NULL))
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
	.about = "read an empty pipe; a blocked signal, then a byte",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
