/* SPDX-License-Identifier: MIT */
/* futex/wake-op-both.c: FUTEX_WAKE_OP wakes on both words, and counts both.
 * */
#include "sleeper.h"

static int word, word2;
static struct sleeper a = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .word = &word2, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	int err = sleeper_start(&a);

	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
		      FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_GT, 0)) == 1);
	CHECK(sleeper_result(&a) == 0);
	CHECK(sleeper_sleeps(&b) && word2 == 1);
	CHECK(sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, &word2,
		      FUTEX_OP(FUTEX_OP_SET, 2, FUTEX_OP_CMP_GT, 0)) == 1);
	CHECK(sleeper_result(&b) == 0 && word2 == 2);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP with sleepers on both words, condition "
		 "false then true",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "gvisor/WakeOpCondSuccess",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
