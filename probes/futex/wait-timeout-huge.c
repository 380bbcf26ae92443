/* SPDX-License-Identifier: MIT */
/* futex/wait-timeout-huge.c: a time-out beyond the clock's range is a long
 * one, not an early one; of an hour, the seconds count. */
#include "sleeper.h"

static int word;
static struct sys_timespec huge = { (long)(~0UL >> 1), 999999999 };
static struct sys_timespec hour = { 3600, 0 };
static struct sleeper s[] = {
	{ .word = &word, .op = FUTEX_WAIT_PRIVATE, .timeout = &huge },
	{ .word = &word, .op = FUTEX_WAIT_PRIVATE, .timeout = &hour },
};

static int setup(void)
{
	int err = sleeper_start(s);

	return err ? err : sleeper_start(s + 1);
}

static int run(void)
{
	for (int i = 0; i < 2; i++) {
		CHECK_AT(i, sleeper_sleeps(s + i));
		CHECK_AT(i, sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL,
				    0) == 1);
		CHECK_AT(i, sleeper_result(s + i) == 0);
	}
	return 0;
}

PROBE_RAW = {
	.about = "sleep with the longest time-out there is, and of an hour, until "
		 "woken",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux include/linux/ktime.h, ktime_set: "
		"saturates at KTIME_MAX" },
};
