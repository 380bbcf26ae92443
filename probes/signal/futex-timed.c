/* SPDX-License-Identifier: MIT */
/* signal/futex-timed.c: a handler over a timed futex wait needs no restart. */
#include "probe.h"

static int word;

static void handler(int sig)
{
	(void)sig;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, NULL);
}

static int run(void)
{
	CHECK(probe_wait_timed(&word, 0) == -EINTR);
	return 0;
}

PROBE = {
	.about = "wait on a futex with a time-out; EINTR in spite of "
		 "SA_RESTART",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigreturn",
	.expect = {
		{ WORKS, .under = "four+rt_sigreturn",
			.why = "ERESTART_RESTARTBLOCK with a handler is EINTR: "
			       "no restart_syscall" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "rt_sigreturn comes back with an errno, and the "
			       "restorer runs on into what lies behind it" },
		{ DIES("sigreturn"), .flavour = "i386" },
		{ DIES("rt_sigreturn") },
	},
	.seen = {
		"Linux kernel/futex/waitwake.c, futex_wait",
		"https://man7.org/linux/man-pages/man2/restart_syscall.2.html",
	},
};
