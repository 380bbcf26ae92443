/* SPDX-License-Identifier: MIT */
/* futex/requeue.c: FUTEX_REQUEUE moves sleepers to another word without
 * waking them. */
#include "sleeper.h"

static int word, word2;
static struct sleeper a = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .word = &word, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	int err = sleeper_start(&a);

	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_REQUEUE_PRIVATE, 0, (void *)9, &word2,
		      0) == 2);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 0);
	CHECK(sleeper_sleeps(&a) && sleeper_sleeps(&b));
	CHECK(sys_futex(&word2, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 2);
	CHECK(sleeper_result(&a) == 0 && sleeper_result(&b) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "requeue two sleepers, wake them at the other word",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
