/* SPDX-License-Identifier: MIT */
/* libc/isatty.c: is it a terminal: a call. */
#include "probe.h"

#include <unistd.h>

static int run(void)
{
	return isatty(1) || errno == ENOTTY ? 0 : errno;
}

PROBE = {
	.about = "isatty",
	.run = run,
	.under = "four four-enosys four+stdio",
	.expect = {
		{ WORKS, .under = "four+stdio" },
		{ FAILS(ENOSYS), .under = "four-enosys",
			.libc = MUSL(1, 2, 6) },
		{ WORKS, .under = "four-enosys", .flavour = "musl",
			.why = "musl before 1.2.6 says ENOTTY whatever happened" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("ioctl") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/isatty.3.html",
		"musl 1.2.3 and 1.2.6 src/unistd/isatty.c" },
};
