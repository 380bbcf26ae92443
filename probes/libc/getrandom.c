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
		{ DIES("rt_sigprocmask|getrandom"),
			.flavour = "glibc", .libc = GLIBC(2, 41),
			.why = "getrandom in the vDSO, where the kernel has "
			       "it (6.11), wants a page for its state, and "
			       "signals blocked" },
		{ DIES("getrandom") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/getrandom.2.html" },
};
