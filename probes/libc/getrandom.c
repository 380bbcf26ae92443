/* SPDX-License-Identifier: MIT */
/* libc/getrandom.c: random bytes are a call, by each name. */
#include "probe.h"

#include <sys/random.h>

static int run(void)
{
	char b[8];

	return getrandom(b, sizeof(b), 0) == 8 ? 0 : errno;
}

PROBE = {
	.about = "getrandom of 8 bytes",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("getrandom") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getrandom.2.html" },
};
