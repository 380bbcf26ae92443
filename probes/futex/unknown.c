/* SPDX-License-Identifier: MIT */
/* futex/unknown.c: operations and flags that do not exist are ENOSYS, and
 * touch nothing. */
#include "sleeper.h"

static int word, word2;

static int run(void)
{
	for (int op = 14; op < 128; op++)
		CHECK_AT(op,
			sys_futex(&word, op, 0, NULL, &word2, 0) == -ENOSYS);
	for (int bit = 11; bit < 32; bit++)
		CHECK_AT(bit, sys_futex(&word, (int)(1u << bit | FUTEX_WAKE), 0,
				      NULL, &word2, 0) == -ENOSYS);
	CHECK(word == 0 && word2 == 0);
	return 0;
}

PROBE_RAW = {
	.about = "every operation from 14 to 127, and each flag bit that "
		 "no kernel knows: 9 and 10 are robust-unlock's",
	.run = run,
	.under = "four futex-wait-wake",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/syscalls.c, do_futex" },
};
