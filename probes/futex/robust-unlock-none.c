/* SPDX-License-Identifier: MIT */
/* futex/robust-unlock-none.c: before Linux 7.2 the flags of an unlock by the
 * kernel make each operation one that does not exist. */
#include "sleeper.h"

static int word = 1, word2 = 1;

static int run(void)
{
	for (int op = 0; op < 14; op++)
		for (int flags = 0x200; flags <= 0x600; flags += 0x200)
			CHECK_AT(op, sys_futex(&word, op | flags, 1, NULL,
					     &word2, 1) == -ENOSYS);
	CHECK(word == 1 && word2 == 1);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_ROBUST_UNLOCK and FUTEX_ROBUST_LIST32 where the kernel has "
		 "neither",
	.run = run,
	.under = "four futex-wait-wake",
	.has = "!robust_unlock",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "kselftest/robust_list.futex_robust_unlock",
	.seen = { "Linux 6.18 kernel/futex/syscalls.c, do_futex: FUTEX_CMD_MASK" },
};
