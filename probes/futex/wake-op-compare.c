/* SPDX-License-Identifier: MIT */
/* futex/wake-op-compare.c: the second wake of FUTEX_WAKE_OP depends on the
 * old value, by each of six comparisons. */
#include "sleeper.h"

#define SLEEPERS 12

static const int old[] = { 4, 5, 6, -1 };
/* One sleeper is woken for each 1. */
static const char wanted[6][4] = {
	[FUTEX_OP_CMP_EQ] = { 0, 1, 0, 0 },
	[FUTEX_OP_CMP_NE] = { 1, 0, 1, 1 },
	[FUTEX_OP_CMP_LT] = { 1, 0, 0, 1 },
	[FUTEX_OP_CMP_LE] = { 1, 1, 0, 1 },
	[FUTEX_OP_CMP_GT] = { 0, 0, 1, 0 },
	[FUTEX_OP_CMP_GE] = { 0, 1, 1, 0 },
};
static int word, word2, used;
static struct sleeper s[SLEEPERS + 1];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < SLEEPERS && !err; i++) {
		s[i].word = &word2;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	for (int cmp = 0; cmp < 6; cmp++) {
		for (int i = 0; i < 4; i++) {
			word2 = old[i];
			CHECK_AT(cmp * 10 + i,
				sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1,
					(void *)1, &word2,
					FUTEX_OP(FUTEX_OP_ADD, 0, cmp, 5)) ==
					wanted[cmp][i]);
			if (wanted[cmp][i])
				CHECK(sleeper_result(s + used++) == 0);
		}
	}
	CHECK(used == SLEEPERS);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAKE_OP: eq, ne, lt, le, gt, ge of 4, 5, 6 and "
		 "-1 with 5",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "gvisor/WakeOpCondSuccess gvisor/WakeOpCondFailure",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/waitwake.c, "
		"futex_atomic_op_inuser" },
};
