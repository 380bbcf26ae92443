/* SPDX-License-Identifier: MIT */
/* futex/wake-op-shift.c: a shift beyond 31 is cut to five bits, not
 * undefined. */
#include "sleeper.h"

static int word, word2;

static int run(void)
{
	for (int by = -3; by < 64; by++) {
		CHECK_AT(by,
			sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1,
				&word2,
				FUTEX_OP((FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT),
					by, 0, 0)) == 0);
		CHECK_AT(by, word2 == (int)(1u << (by & 31)));
	}
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP with FUTEX_OP_OPARG_SHIFT by -3 to 63",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "undefined behaviour in the kernel until 4.14 "
				"(30d6e0a4190d); it still takes and logs such "
				"shifts" },
	},
	.seen = { "https://git.kernel.org/linus/30d6e0a4190d",
		"https://man7.org/linux/man-pages/man2/futex.2.html" },
};
