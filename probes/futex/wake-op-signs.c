/* SPDX-License-Identifier: MIT */
/*
 * futex/wake-op-signs.c: FUTEX_WAKE_OP compares whole words, with a sign, with
 * a number of twelve bits, that has one too. A waiter for a requeue to a PI
 * lock at the second word tells whether it got there: that is EINVAL.
 */
#include "sleeper.h"

enum { OLD = 10, WITH = 7 };

static const int old[OLD] = { 0, 1, -1, 2047, -2048, 4095, 0x10000, -0x10000,
	0x7fffffff, -0x7fffffff - 1 };
static const int with[WITH] = { 0, 1, -1, 5, -5, 2047, -2048 };

static int word, word2, lock;
static struct sleeper s = {
	.word = &word2, .op = FUTEX_WAIT_REQUEUE_PI_PRIVATE, .word2 = &lock
};

static int setup(void)
{
	return sleeper_start(&s);
}

static bool holds(int cmp, int a, int b)
{
	const bool is[] = { a == b, a != b, a<b, a <= b, a> b, a >= b };

	return is[cmp];
}

static int run(void)
{
	for (int i = 0; i < 6 * OLD * WITH; i++) {
		int cmp = i % 6, a = old[i / 6 % OLD], b = with[i / 6 / OLD];

		word2 = a;
		CHECK_AT(
			i, sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1,
				   &word2, FUTEX_OP(FUTEX_OP_ADD, 0, cmp, b)) ==
				   (holds(cmp, a, b) ? -EINVAL : 0));
		CHECK_AT(i, word2 == a);
	}
	CHECK(sys_futex(&word2, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL, &lock,
		      word2) == 1);
	CHECK(!sleeper_result(&s) && lock == s.tid);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP: each comparison of ten words with seven "
		 "numbers",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/waitwake.c, futex_atomic_op_inuser: "
		"sign_extend32" },
};
