/* SPDX-License-Identifier: MIT */
/* signal/write-pipe-restart.c: who restarts an interrupted write: the kernel.
 */
#include "probe.h"

#include <fcntl.h>
#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

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
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (fill_pipe() || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	return write(fd[1], "x", 1) == 1 ? 0 : errno;
}

PROBE = {
	.about = "write to a full pipe; a handler with SA_RESTART, then room",
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
