/* SPDX-License-Identifier: MIT */
/* signal/altstack-return.c: a handler on its own stack that returns. */
#include "probe.h"

#include <unistd.h>

static int fd[2];
static char stack[65536];

static int alternate(void)
{
	stack_t ss = { .ss_sp = stack, .ss_size = sizeof(stack) };

	return sigaltstack(&ss, NULL);
}

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_ONSTACK };

	if (alternate() || pipe(fd) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	char c;

	CHECK(read(fd[0], &c, 1) < 0);
	return errno == EINTR ? 0 : errno;
}

PROBE = {
	.about = "read an empty pipe; a handler on the alternate stack returns",
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
	.seen = { "https://man7.org/linux/man-pages/man2/sigaltstack.2.html" },
};
