/* SPDX-License-Identifier: MIT */
/* signal/raise.c: a signal to oneself. */
#include "probe.h"

static int run(void)
{
	return raise(SIGURG) ? errno : 0;
}

PROBE = {
	.about = "raise a signal whose default is to do nothing",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+abort",
	.expect = {
		{ WORKS, .under = "four+abort" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ DIES("gettid"), .libc = GLIBC(2, 34),
			.why = "the thread's number is asked of the kernel, "
			       "not taken from the thread's own memory" },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_kill.c",
		"musl 1.2.3 src/signal/raise.c",
	},
};
