/* SPDX-License-Identifier: MIT */
/* libc/alarm.c: no time-out by a signal: the clock cannot be set, and its
 * handler could not return. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	alarm(1000);
	/* It says nothing of errors: the rest is what was set. */
	CHECK(alarm(0) == 1000);
	return 0;
}

PROBE = {
	.about = "alarm(1000)",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(EBADE), .under = "four-enosys",
			.why = "alarm cannot fail, and has set nothing" },
		{ DIES("setitimer"), .flavour = "musl" },
		{ DIES("alarm") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/alarm.2.html",
		"musl 1.2.3 src/unistd/alarm.c" },
};
