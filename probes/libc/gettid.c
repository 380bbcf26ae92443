/* SPDX-License-Identifier: MIT */
/* libc/gettid.c: gettid asks the kernel each time. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	int id = (int)gettid();

	return id < 0 ? -id : 0;
}

PROBE = {
	.about = "gettid",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ WORKS, .flavour = "musl",
			.why = "musl keeps the thread's id in memory" },
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "no libc looks for an error here: the "
			       "program is told the number -38" },
		{ DIES("gettid") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/gettid.2.html" },
};
