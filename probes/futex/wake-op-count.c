/* SPDX-License-Identifier: MIT */
/* futex/wake-op-count.c: FUTEX_WAKE_OP wakes one on each word where it is
 * told to wake none, or fewer. */
#include "sleeper.h"

static int word, word2;
static struct sleeper s[4];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < 4 && !err; i++) {
		s[i].word = i & 1 ? &word2 : &word;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static long wake(long count)
{
	return sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, count, (void *)count,
		&word2, FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0));
}

static int run(void)
{
	CHECK(wake(0) == 2);
	CHECK(wake(-1) == 2);
	CHECK(wake(0) == 0);
	for (int i = 0; i < 4; i++)
		CHECK_AT(i, sleeper_result(s + i) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP with counts of 0 and of -1",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "as in FUTEX_WAKE, the count is looked at "
				"after the first is woken" },
	},
	.seen = { "Linux kernel/futex/waitwake.c, futex_wake_op" },
};
