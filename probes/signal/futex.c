/* SPDX-License-Identifier: MIT */
/* signal/futex.c: a futex wait interrupted by a handler. */
#include "probe.h"

static int word;

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler };

	if (sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	CHECK(probe_wait(&word, 0, -1) == -EINTR);
	return 0;
}

PROBE = {
	.about = "wait on a futex; a handler without SA_RESTART gives EINTR",
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
	.covers = "ltp/futex_wait07 glibc/tst-eintr1",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
