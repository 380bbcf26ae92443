/* SPDX-License-Identifier: MIT */
/* futex/wait-realtime.c: FUTEX_WAIT does not take FUTEX_CLOCK_REALTIME,
 * whatever the manual says. */
#include "sleeper.h"

static int word;

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE | FUTEX_CLOCK_REALTIME, 1,
		      NULL, NULL, 0) == -ENOSYS);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE | FUTEX_CLOCK_REALTIME, 1,
		      NULL, NULL, 0) == -ENOSYS);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAIT and FUTEX_WAKE with FUTEX_CLOCK_REALTIME",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS, .why = "allowed in Linux 4.5, taken back in 5.13 "
				"(4fbf5d6837bf); futex(2) still says since "
				"4.5" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"https://git.kernel.org/linus/4fbf5d6837bf" },
};
