/* SPDX-License-Identifier: MIT */
/* futex/wake-order.c: sleepers of one priority are woken in the order of
 * their sleep, however they sleep, and however nice they are. */
#include "sleeper.h"

enum { SLEEPERS = 4 };

static int word;
static struct sleeper s[SLEEPERS];

/* The earlier, the nicer. */
static void sleep_nice(void *arg)
{
	struct sleeper *one = arg;

	sys(__NR_setpriority, 0 /* PRIO_PROCESS */, 0,
		3 * (SLEEPERS - (one - s)));
	sleeper_run(arg);
}

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < SLEEPERS && !err; i++) {
		s[i].word = &word;
		s[i].op =
			i & 1 ? FUTEX_WAIT_BITSET_PRIVATE : FUTEX_WAIT_PRIVATE;
		s[i].val3 = FUTEX_BITSET_MATCH_ANY;
		s[i].tid = probe_thread(sleep_nice, s + i, NULL);
		err = s[i].tid < 0 ? (int)-s[i].tid
				   : probe_wait_asleep(s[i].tid);
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
	.about = "wake four sleepers, each less nice than the one before, one by "
		 "one",
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
