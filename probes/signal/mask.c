/* SPDX-License-Identifier: MIT */
/* signal/mask.c: a signal blocked too late. */
#include "probe.h"

static int run(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	return sigprocmask(SIG_BLOCK, &set, NULL) ? errno : 0;
}

PROBE = {
	.about = "call sigprocmask()",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+rt_sigprocmask",
	.expect = {
		{ WORKS, .under = "four+rt_sigprocmask" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask") },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man2/rt_sigprocmask.2.html",
	},
};
