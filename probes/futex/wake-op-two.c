/* SPDX-License-Identifier: MIT */
/* futex/wake-op-two.c: FUTEX_WAKE_OP has a count for each of its words, and
 * keeps to each. */
#include "sleeper.h"

enum { EACH = 3 };

static int words[2];
static struct sleeper s[2][EACH];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < 2 * EACH && !err; i++) {
		s[i % 2][i / 2].word = words + i % 2;
		s[i % 2][i / 2].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(&s[i % 2][i / 2]);
	}
	return err;
}

static long wake(long first, long second, int cmparg)
{
	return sys_futex(words, FUTEX_WAKE_OP_PRIVATE, first, (void *)second,
		words + 1, FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, cmparg));
}

static int run(void)
{
	CHECK(wake(1, 2, 0) == 3);
	CHECK(!sleeper_result(&s[0][0]));
	CHECK(!sleeper_result(&s[1][0]) && !sleeper_result(&s[1][1]));
	CHECK(!s[0][1].ended && !s[0][2].ended && !s[1][2].ended);
	/* The condition is false: what the second count says is nothing. */
	CHECK(wake(1, 9, 1) == 1);
	CHECK(!sleeper_result(&s[0][1]));
	CHECK(!s[0][2].ended && !s[1][2].ended);
	CHECK(wake(2, 1, 0) == 2);
	CHECK(!sleeper_result(&s[0][2]) && !sleeper_result(&s[1][2]));
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP with 1 and 2, 1 and none, 2 and 1, where "
		 "three sleep at each word",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
