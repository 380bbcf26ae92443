/* SPDX-License-Identifier: MIT */
/* signal/stop-write.c: a write goes on after a stop. */
#include "probe.h"

#include <fcntl.h>
#include <unistd.h>

static int fd[2];

static int fill_pipe(void)
{
	static char page[4096];

	return pipe(fd) || fcntl(fd[1], F_SETPIPE_SZ, 4096) != 4096 ||
	       write(fd[1], page, 4096) != 4096;
}

static int then(void)
{
	char page[4096];

	return read(fd[0], page, sizeof(page)) > 0 ? 0 : 1;
}

static int setup(void)
{
	return fill_pipe() ? errno : probe_signal_me(SIGSTOP, then);
}

static int run(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : errno;
}

PROBE = {
	.about = "write to a full pipe; SIGSTOP, SIGCONT, then room",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
