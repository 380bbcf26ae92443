/* SPDX-License-Identifier: MIT */
/* futex/wait-timeout.c: relative time-outs: none left, and a short one. */
#include "sleeper.h"

static int word;
static struct sys_timespec zero;

static int run(void)
{
	struct sys_timespec ns = { 0, 1 }, ms = { 0, 1000000 };

	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, &zero, NULL, 0) ==
		-ETIMEDOUT);
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, &ns, NULL, 0) ==
		-ETIMEDOUT);
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, &ms, NULL, 0) ==
		-ETIMEDOUT);
	return 0;
}

PROBE_RAW = {
	.about = "wait with a time-out of 0, of 1 ns and of 1 ms",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_wait05 "
		  "kselftest/futex_wait_timeout.relative "
		  "gvisor/Wait_Timeout",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
