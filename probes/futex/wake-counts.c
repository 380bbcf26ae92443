/* SPDX-License-Identifier: MIT */
/*
 * futex/wake-counts.c: each operation that wakes, with counts below 0, of 0,
 * of a few and of all, at a word where seven sleep: it wakes as many as it
 * says, the first that came, whatever bits they sleep with.
 */
#include "sleeper.h"

enum { SLEEPERS = 7, WAYS = 12, COUNTS = 6, NOBODY = WAYS };

static const long counts[COUNTS] = { -1, 0, 1, 2, 0x7fffffff, 1 };
/* Of a wake, which looks at the count after the first, and of a requeue. */
static const long woken[2][COUNTS] = { { 1, 1, 1, 2, 2, 0 },
	{ -EINVAL, 0, 1, 2, 4, 0 } };

static int words[WAYS + 1];
static struct sleeper s[WAYS][SLEEPERS];

/* The last six ways are the first six, of shared words. */
static int private_flag(int way)
{
	return way < WAYS / 2 ? FUTEX_PRIVATE_FLAG : 0;
}

static int setup(void)
{
	for (int i = 0; i < WAYS * SLEEPERS; i++) {
		struct sleeper *one = &s[i / SLEEPERS][i % SLEEPERS];
		int err;

		one->word = words + i / SLEEPERS;
		one->op = i % 3 ? FUTEX_WAIT_BITSET : FUTEX_WAIT;
		one->op |= private_flag(i / SLEEPERS);
		one->val3 = i % 3 == 1 ? 1 << 7 : FUTEX_BITSET_MATCH_ANY;
		err = sleeper_start(one);
		if (err)
			return err;
	}
	return 0;
}

static long wake(int way, long n)
{
	int flag = private_flag(way), *word = words + way;
	int *nobody = words + NOBODY;
	int always = FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_EQ, 0);

	switch (way % (WAYS / 2)) {
	case 0:
		return sys_futex(word, FUTEX_WAKE | flag, n, NULL, NULL, 0);
	case 1:
		return sys_futex(word, FUTEX_WAKE_BITSET | flag, n, NULL, NULL,
			FUTEX_BITSET_MATCH_ANY);
	case 2:
		return sys_futex(word, FUTEX_WAKE_OP | flag, n, (void *)1,
			nobody, always);
	case 3:
		return sys_futex(nobody, FUTEX_WAKE_OP | flag, 1, (void *)n,
			word, always);
	case 4:
		return sys_futex(
			word, FUTEX_REQUEUE | flag, n, (void *)0, nobody, 0);
	default:
		return sys_futex(word, FUTEX_CMP_REQUEUE | flag, n, (void *)0,
			nobody, 0);
	}
}

static int run(void)
{
	for (int way = 0; way < WAYS; way++) {
		int left = 0;

		for (int i = 0; i < COUNTS; i++) {
			long n = woken[way % (WAYS / 2) > 3][i];

			CHECK_AT(way * 10 + i, wake(way, counts[i]) == n);
			for (; n > 0; n--)
				CHECK_AT(way, !sleeper_result(&s[way][left++]));
			for (int k = left; k < SLEEPERS; k++)
				CHECK_AT(way * 10 + i, !s[way][k].ended);
		}
	}
	return 0;
}

PROBE_RAW = {
	.about = "each operation that wakes, with counts of -1, 0, 1, 2 and "
		 "INT_MAX at words where seven sleep",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/waitwake.c, futex_wake, futex_wake_op",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
