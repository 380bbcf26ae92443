/* SPDX-License-Identifier: MIT */
/* signal/write-fifo.c: a write to a FIFO interrupted before the first byte. */
#include "probe.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int fill_fifo(void)
{
	static char page[4096];

	if (mkfifo("fifo", 0600))
		return -1;
	fd[1] = open("fifo", O_RDWR);
	return fcntl(fd[1], F_SETPIPE_SZ, 4096) != 4096 ||
	       write(fd[1], page, 4096) != 4096;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (fill_fifo() || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	CHECK(write(fd[1], "x", 1) < 0);
	return errno == EINTR ? 0 : errno;
}

PROBE = {
	.about = "write to a full FIFO; a handler without SA_RESTART gives "
		 "EINTR",
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
