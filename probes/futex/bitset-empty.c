/* SPDX-License-Identifier: MIT */
/* futex/bitset-empty.c: a bitset of none is refused: it could never be woken.
 * */
#include "sleeper.h"

static int word;

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAIT_BITSET_PRIVATE, 0, NULL, NULL, 0) ==
		-EINVAL);
	CHECK(sys_futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 1, NULL, NULL, 0) ==
		-EINVAL);
	return 0;
}

PROBE_RAW = {
	.about = "WAIT_BITSET and WAKE_BITSET with no bit",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "gvisor/Wait_ZeroBitset",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
