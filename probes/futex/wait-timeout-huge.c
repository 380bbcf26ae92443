/* SPDX-License-Identifier: MIT */
/* futex/wait-timeout-huge.c: a time-out beyond the clock's range is a long
 * one, not an early one. */
#include "sleeper.h"

static int word;
static struct sys_timespec huge = { (long)(~0UL >> 1), 999999999 };
static struct sleeper s = {
	.word = &word, .op = FUTEX_WAIT_PRIVATE, .timeout = &huge
};

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sleeper_sleeps(&s));
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "sleep with the longest time-out there is, until woken",
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
