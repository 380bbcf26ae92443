/* SPDX-License-Identifier: MIT */
/* signal/pipe-handled.c: a write that nobody reads, SIGPIPE handled. */
#include "probe.h"

#include <unistd.h>

static int fd[2];

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	return pipe(fd) || close(fd[0]) || sigaction(SIGPIPE, &sa, NULL) ? errno
									 : 0;
}

static int run(void)
{
	CHECK(write(fd[1], "x", 1) < 0 && errno == EPIPE);
	return 0;
}

PROBE = {
	.about = "write to a pipe without a reader; the SIGPIPE handler "
		 "returns",
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
	.seen = { "https://man7.org/linux/man-pages/man7/pipe.7.html" },
};
