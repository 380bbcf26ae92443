/* SPDX-License-Identifier: MIT */
/* futex/shared-plain.c: the operations without PI in their shared form, in
 * memory that can be shared: each finds the sleepers of the others. */
#include "sleeper.h"

static struct sleeper s[5];
static int *word;

static int setup(void)
{
	int err = 0;

	word = probe_shared();
	if (!word)
		return ENOMEM;
	for (int i = 0; i < 5 && !err; i++) {
		s[i].word = word;
		s[i].op = i & 1 ? FUTEX_WAIT_BITSET : FUTEX_WAIT;
		s[i].val3 = FUTEX_BITSET_MATCH_ANY;
		err = sleeper_start(s + i);
	}
	return err;
}

static long op(int cmd, long val, long val2, int *to, int val3)
{
	return sys_futex(word, cmd, val, (void *)val2, to, val3);
}

static int run(void)
{
	CHECK(op(FUTEX_WAKE, 1, 0, NULL, 0) == 1);
	CHECK(op(FUTEX_WAKE_BITSET, 1, 0, NULL, 1) == 1);
	CHECK(op(FUTEX_REQUEUE, 0, 1, word + 1, 0) == 1);
	CHECK(op(FUTEX_CMP_REQUEUE, 0, 1, word + 2, 1) == -EAGAIN);
	CHECK(op(FUTEX_CMP_REQUEUE, 0, 1, word + 2, 0) == 1);
	CHECK(op(FUTEX_WAKE_OP, 1, 1, word + 1,
		      FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_EQ, 0)) == 2);
	CHECK(sys_futex(word + 2, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	for (int i = 0; i < 5; i++)
		CHECK_AT(i, sleeper_result(s + i) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "WAKE, WAKE_BITSET, REQUEUE, CMP_REQUEUE and WAKE_OP, shared",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake futex-private" },
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
