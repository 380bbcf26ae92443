/* SPDX-License-Identifier: MIT */
/* futex/wake-zero.c: a wake of 0 wakes one. */
#include "sleeper.h"

static int word;
static struct sleeper a = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .word = &word, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	int err = sleeper_start(&a);

	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 0, NULL, NULL, 0) == 1);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, -1, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&a) == 0 && sleeper_result(&b) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "wake 0 of two sleepers, then -1 of the other",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS, .why = "the kernel counts after it has woken one: 0 "
				"and negative counts mean 1, and stay so for "
				"old programs; the futex2 calls are strict" },
	},
	.covers = "gvisor/Wake0",
	.seen = { "Linux kernel/futex/waitwake.c, futex_wake",
		"https://man7.org/linux/man-pages/man2/futex.2.html" },
};
