/* SPDX-License-Identifier: MIT */
/* signal/child.c: a child that ends while a handler waits for SIGCHLD. */
#include "probe.h"

#include <unistd.h>

static int fd[2], armed[2];
static pid_t me;

static void handler(int sig)
{
	(void)sig;
}

static int partner(void)
{
	char c;

	return read(armed[0], &c, 1) != 1 || probe_wait_asleep(me);
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	me = getpid();
	if (pipe(fd) || pipe(armed) || sigaction(SIGCHLD, &sa, NULL))
		return errno;
	return probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	char c;

	write(armed[1], "!", 1);
	CHECK(read(fd[0], &c, 1) < 0);
	return errno == EINTR ? 0 : errno;
}

PROBE = {
	.about = "read an empty pipe; a child ends, SIGCHLD is handled",
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
	.seen = {
		"https://github.com/openssh/openssh-portable/commit/512caddf5",
		"https://man7.org/linux/man-pages/man7/signal.7.html",
	},
};
