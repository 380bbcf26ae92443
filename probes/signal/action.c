/* SPDX-License-Identifier: MIT */
/* signal/action.c: a handler installed too late. */
#include "probe.h"

static int run(void)
{
	return signal(SIGUSR1, SIG_IGN) == SIG_ERR ? errno : 0;
}

PROBE = {
	.about = "call signal()",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigaction",
	.expect = {
		{ WORKS, .under = "four+rt_sigaction" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigaction") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/rt_sigaction.2.html" },
};
