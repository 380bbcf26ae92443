/* SPDX-License-Identifier: MIT */
/* libc/getppid.c: getppid asks the kernel each time. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	int id = (int)getppid();

	return id < 0 ? -id : 0;
}

PROBE = {
	.about = "getppid",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "no libc looks for an error here: the "
			       "program is told the number -38" },
		{ DIES("getppid") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getppid.2.html" },
};
