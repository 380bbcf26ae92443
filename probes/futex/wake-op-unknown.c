/* SPDX-License-Identifier: MIT */
/* futex/wake-op-unknown.c: unknown operations and comparisons of
 * FUTEX_WAKE_OP are ENOSYS; an unknown comparison comes too late to stop the
 * operation. */
#include "sleeper.h"

static int word, word2;

static int run(void)
{
	for (int op = 5; op < 8; op++) {
		CHECK_AT(op,
			sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1,
				&word2, FUTEX_OP(op, 1, 0, 0)) == -ENOSYS);
		CHECK(word2 == 0);
	}
	for (int cmp = 6; cmp < 16; cmp++)
		CHECK_AT(cmp,
			sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1,
				&word2,
				FUTEX_OP(FUTEX_OP_ADD, 1, cmp, 0)) == -ENOSYS);
	CHECK(word2 == 10);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP with operations 5 to 7 and comparisons 6 to 15",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the word is changed first, and the "
				"comparison is looked at with the old value" },
	},
	.seen = { "Linux kernel/futex/waitwake.c, futex_atomic_op_inuser" },
};
