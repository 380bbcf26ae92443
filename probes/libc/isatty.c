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
		{ WORKS, .under = "four-enosys", .flavour = "musl",
			.why = "musl says ENOTTY whatever happened" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("ioctl") },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/isatty.3.html",
		"musl 1.2.3 src/unistd/isatty.c" },
};
