/* SPDX-License-Identifier: MIT */
/* libc/sched_yield.c: giving way is a call: a spin lock that yields dies. */
#include "probe.h"

#include <sched.h>

static int run(void)
{
	return sched_yield() ? errno : 0;
}

PROBE = {
	.about = "sched_yield",
	.run = run,
	.under = "four four-enosys four+sched_yield",
	.expect = {
		{ WORKS, .under = "four+sched_yield" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("sched_yield") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/sched_yield.2.html" },
};
