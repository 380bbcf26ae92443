/* SPDX-License-Identifier: MIT */
/* futex/wake-order.c: sleepers of one priority are woken in the order of
 * their sleep, however they sleep. */
#include "sleeper.h"

enum { SLEEPERS = 4 };

static int word;
static struct sleeper s[SLEEPERS];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < SLEEPERS && !err; i++) {
		s[i].word = &word;
		s[i].op =
			i & 1 ? FUTEX_WAIT_BITSET_PRIVATE : FUTEX_WAIT_PRIVATE;
		s[i].val3 = FUTEX_BITSET_MATCH_ANY;
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	for (int i = 0; i < SLEEPERS; i++) {
		CHECK_AT(i, sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL,
				    0) == 1);
		CHECK_AT(i, sleeper_result(s + i) == 0);
		for (int j = i + 1; j < SLEEPERS; j++)
			CHECK_AT(j, !s[j].ended);
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake four sleepers one by one",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "futex(2) promises no order; the kernel keeps "
				"a list by priority, first come first within "
				"it, so one sleeper cannot starve" },
	},
	.seen = { "Linux kernel/futex/core.c, __futex_queue: plist_add" },
};
