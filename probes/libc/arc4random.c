/* SPDX-License-Identifier: MIT */
/* libc/arc4random.c: arc4random cannot fail: where getrandom is refused it
 * reads /dev/urandom, and where that is, it aborts. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	(void)arc4random();
	return 0;
}

PROBE = {
	.about = "arc4random",
	.run = run,
	.under = "four",
	.flavours = "!musl",
	.expect = {
		{ DIES("rt_sigprocmask|getrandom"),
			.flavour = "glibc", .libc = GLIBC(2, 41),
			.why = "getrandom in the vDSO, where the kernel has "
			       "it (6.11), wants a page for its state, and "
			       "signals blocked" },
		{ DIES("getrandom") },
	},
	.seen = { "glibc 2.36 stdlib/arc4random.c" },
};
