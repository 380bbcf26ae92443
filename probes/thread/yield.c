/* SPDX-License-Identifier: MIT */
/* thread/yield.c: giving way to others is a call. */
#include "probe.h"

#include <sched.h>

static int run(void)
{
	return sched_yield() ? errno : 0;
}

PROBE = {
	.about = "call sched_yield()",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+sched_yield",
	.expect = {
		{ WORKS, .under = "four+sched_yield" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("sched_yield") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sched_yield.2.html" },
};
