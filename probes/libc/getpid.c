/* SPDX-License-Identifier: MIT */
/* libc/getpid.c: getpid asks the kernel each time. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	int id = (int)getpid();

	return id < 0 ? -id : 0;
}

PROBE = {
	.about = "getpid",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "no libc looks for an error here: the "
			       "program is told the number -38" },
		{ DIES("getpid") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getpid.2.html" },
};
