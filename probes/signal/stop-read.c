/* SPDX-License-Identifier: MIT */
/* signal/stop-read.c: a read goes on after a stop. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static int then(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	return pipe(fd) ? errno : probe_signal_me(SIGSTOP, then);
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
	.about = "read an empty pipe; SIGSTOP, SIGCONT, then a byte",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
