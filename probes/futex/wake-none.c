/* SPDX-License-Identifier: MIT */
/* futex/wake-none.c: a wake where nobody sleeps wakes nobody, whatever the
 * count. */
#include "sleeper.h"

static int word;

static int run(void)
{
	static const int counts[] = { 1, 0, -1, 0x7fffffff };

	for (int i = 0; i < 4; i++) {
		CHECK_AT(i, sys_futex(&word, FUTEX_WAKE_PRIVATE, counts[i],
				    NULL, NULL, 0) == 0);
		CHECK_AT(i, sys_futex(&word, FUTEX_WAKE, counts[i], NULL, NULL,
				    0) == 0);
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake none with counts 1, 0, -1 and INT_MAX",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.covers = "ltp/futex_wait03 ltp/futex_wake01 gvisor/Wait_Zero",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
