/* SPDX-License-Identifier: MIT */
/* signal/futex-restart.c: the kernel restarts an untimed futex wait. */
#include "probe.h"

static int *word;

static void handler(int sig)
{
	(void)sig;
}

static int then(void)
{
	probe_open(word);
	return 0;
}

static int setup(void)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = SA_RESTART };

	if (!(word = probe_shared()) || sigaction(SIGUSR1, &sa, NULL))
		return errno;
	return probe_signal_me(SIGUSR1, then);
}

static int run(void)
{
	return (int)-probe_wait(word, 0, -1);
}

PROBE = {
	.about = "wait on a futex; a handler with SA_RESTART, then a wake",
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
	.seen = { "Linux kernel/futex/waitwake.c, futex_wait: ERESTARTSYS" },
};
