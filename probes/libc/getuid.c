/* SPDX-License-Identifier: MIT */
/* libc/getuid.c: getuid asks the kernel each time. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	int id = (int)getuid();

	return id < 0 ? -id : 0;
}

PROBE = {
	.about = "getuid",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys",
			.why = "no libc looks for an error here: the "
			       "program is told the number -38" },
		{ DIES("getuid|getuid32") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getuid.2.html" },
};
