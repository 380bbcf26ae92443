/* SPDX-License-Identifier: MIT */
/* signal/read-fifo-restart.c: a FIFO read goes on after a handler. */
#include "probe.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int open_fifo(void)
{
	if (mkfifo("fifo", 0600))
		return -1;
	fd[0] = fd[1] = open("fifo", O_RDWR);
	return fd[0];
}

static int then(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : 1;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (open_fifo() < 0 || sigaction(SIGUSR1, &sa, NULL))
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
	.about = "read an empty FIFO; a handler with SA_RESTART, then a byte",
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
