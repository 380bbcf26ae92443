/* SPDX-License-Identifier: MIT */
/* futex/cmp-requeue.c: FUTEX_CMP_REQUEUE moves only while the word has the
 * value, and counts the woken and the moved. */
#include "sleeper.h"

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

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)9, &word2,
		      1) == -EAGAIN);
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, (void *)9, &word2,
		      0) == 3);
	CHECK(sys_futex(&word2, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 2);
	for (int i = 0; i < 3; i++)
		CHECK(sleeper_result(s + i) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "compare-and-requeue three sleepers: wake one, move two",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "ltp/futex_cmp_requeue01 ltp/futex_cmp_requeue02 "
		  "kselftest/futex_requeue.single",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
