/* SPDX-License-Identifier: MIT */
/* futex/fd.c: FUTEX_FD, which made descriptors, is gone. */
#include "sleeper.h"

static int word;

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_FD, 0, NULL, NULL, 0) == -ENOSYS);
	CHECK(sys_futex(&word, FUTEX_FD, 10, NULL, NULL, 0) == -ENOSYS);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_FD with and without a signal",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS, .why = "removed in Linux 2.6.26: it was inherently "
				"racy" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"https://git.kernel.org/linus/82af7aca56c6" },
};
