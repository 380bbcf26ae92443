/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-ways.c: FUTEX_REQUEUE and FUTEX_CMP_REQUEUE, of private and of
 * shared words: the first are woken, the next moved, the last left; the moved
 * queue up behind who was there, and keep their bits.
 */
#include "sleeper.h"

enum { SLEEPERS = 6, WAYS = 4, BIT = 1 << 9 };

static int from[WAYS], to[WAYS];
static struct sleeper s[WAYS][SLEEPERS], there[WAYS];

static int private_flag(int way)
{
	return way & 1 ? FUTEX_PRIVATE_FLAG : 0;
}

static int start(struct sleeper *one, int *word, int way)
{
	one->word = word;
	one->op = FUTEX_WAIT_BITSET | private_flag(way);
	one->val3 = BIT;
	return sleeper_start(one);
}

static int setup(void)
{
	int err = 0;

	for (int way = 0; way < WAYS && !err; way++) {
		err = start(there + way, to + way, way);
		for (int i = 0; i < SLEEPERS && !err; i++)
			err = start(&s[way][i], from + way, way);
	}
	return err;
}

static long wake(int *word, int way, int n, int bits)
{
	return sys_futex(word, FUTEX_WAKE_BITSET | private_flag(way), n, NULL,
		NULL, bits);
}

static int try(int way)
{
	int op = (way & 2 ? FUTEX_REQUEUE : FUTEX_CMP_REQUEUE) |
		 private_flag(way);

	CHECK(sys_futex(from + way, op, 1, (void *)3, to + way, 0) == 4);
	CHECK(!sleeper_result(&s[way][0]));
	for (int i = 1; i < SLEEPERS; i++)
		CHECK(!s[way][i].ended);
	CHECK(wake(to + way, way, 9, ~BIT) == 0);
	CHECK(wake(to + way, way, 1, BIT) == 1);
	CHECK(!sleeper_result(there + way) && !s[way][1].ended);
	CHECK(wake(to + way, way, 1, BIT) == 1);
	CHECK(!sleeper_result(&s[way][1]) && !s[way][2].ended);
	CHECK(wake(to + way, way, 9, -1) == 2);
	CHECK(!sleeper_result(&s[way][2]) && !sleeper_result(&s[way][3]));
	CHECK(wake(from + way, way, 9, ~BIT) == 0);
	CHECK(wake(from + way, way, 9, -1) == 2);
	CHECK(!sleeper_result(&s[way][4]) && !sleeper_result(&s[way][5]));
	CHECK(from[way] == 0 && to[way] == 0);
	return 0;
}

static int run(void)
{
	for (int way = 0; way < WAYS; way++) {
		int err = try(way);

		if (err)
			return err;
	}
	return 0;
}

PROBE_RAW = {
	.about = "requeue: one woken, three moved behind one who was there, "
		 "two left",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/requeue.c, requeue_futex: plist_add" },
};
