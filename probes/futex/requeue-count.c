/* SPDX-License-Identifier: MIT */
/* futex/requeue-count.c: the counts of a requeue at their upper edge, and the
 * count beyond 32 bits that the kernel does not see. */
#include "sleeper.h"

#define MAX 0x7fffffffL

static int word, word2;
static struct sleeper s[3];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < 3 && !err; i++) {
		s[i].word = &word;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static long requeue(int *from, long wake, long move, int *to)
{
	return sys_futex(
		from, FUTEX_CMP_REQUEUE_PRIVATE, wake, (void *)move, to, 0);
}

static int run(void)
{
	CHECK(requeue(&word, 0, 0, &word2) == 0);
	CHECK(requeue(&word, 0, MAX, &word2) == 3);
	CHECK(requeue(&word, MAX, MAX, &word2) == 0);
	CHECK(requeue(&word2, 1, 0, &word) == 1);
#ifdef __x86_64__
	/* val2 travels in the pointer: 2^32 + 1 is 1. */
	CHECK(requeue(&word2, 0, (1L << 32) + 1, &word) == 1);
#else
	CHECK(requeue(&word2, 0, 1, &word) == 1);
#endif
	CHECK(requeue(&word2, MAX, MAX, &word) == 1);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, MAX, NULL, NULL, 0) == 1);
	for (int i = 0; i < 3; i++)
		CHECK_AT(i, sleeper_result(s + i) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "requeue 0, INT_MAX and 2^32 + 1 sleepers",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_cmp_requeue01",
	.seen = { "Linux kernel/futex/requeue.c, futex_requeue: int nr_wake, "
		  "int nr_requeue" },
};
