/* SPDX-License-Identifier: MIT */
/*
 * futex/collisions.c: a hundred words with a sleeper each, and one sleeper who
 * is moved over four thousand words. Words share the kernel's hash buckets: at
 * 256, the fewest that a kernel has by default, some of these do for sure.
 */
#include "sleeper.h"

enum { WORDS = 100, STEPS = 4000, STRIDE = 7 };

static int words[WORDS * STRIDE], steps[STEPS];
static struct sleeper s[WORDS],
	moved = { .word = steps, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	int err = sleeper_start(&moved);

	for (int i = 0; i < WORDS && !err; i++) {
		s[i].word = words + i * STRIDE;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	for (int i = 1; i < STEPS; i++)
		CHECK_AT(i, sys_futex(steps + i - 1, FUTEX_REQUEUE_PRIVATE, 0,
				    (void *)1, steps + i, 0) == 1);
	CHECK(!moved.ended);
	CHECK(sys_futex(steps + STEPS - 1, FUTEX_WAKE_PRIVATE, 9, NULL, NULL,
		      0) == 1);
	CHECK(!sleeper_result(&moved));
	/* The last first: each has those before it in its bucket. */
	for (int i = WORDS - 1; i >= 0; i--) {
		CHECK_AT(i, sys_futex(words + i * STRIDE, FUTEX_WAKE_PRIVATE, 9,
				    NULL, NULL, 0) == 1);
		CHECK_AT(i, !sleeper_result(s + i));
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake a hundred sleepers, each by its own word, and move one "
		 "over four thousand words",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, futex_hash" },
};
