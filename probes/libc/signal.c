/* SPDX-License-Identifier: MIT */
/* libc/signal.c: a handler is a call to set, and another to leave. */
#include "probe.h"

static int run(void)
{
	return signal(SIGUSR1, SIG_IGN) == SIG_ERR ? errno : 0;
}

PROBE = {
	.about = "signal(SIGUSR1)",
	.run = run,
	.under = "four four-enosys four+rt_sigaction",
	.expect = {
		{ WORKS, .under = "four+rt_sigaction" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigaction") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/signal.2.html" },
};
