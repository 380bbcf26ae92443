/* SPDX-License-Identifier: MIT */
/* futex/wait-timeout-bad.c: time-outs that are none are refused before
 * anything is looked at. */
#include "sleeper.h"

static int word;
static const struct sys_timespec bad[] = { { 0, -1 }, { 0, 1000000000 },
	{ -1, 0 }, { 0, (long)(~0UL >> 1) } };

static int run(void)
{
	for (int i = 0; i < 4; i++)
		CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 1, bad + i, NULL,
			      0) == -EINVAL);
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 1, (void *)8, NULL, 0) ==
		-EFAULT);
	return 0;
}

PROBE_RAW = {
	.about = "wait with a time-out of negative or overlong nanoseconds, negative seconds, or at no address",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html", "Linux include/linux/time64.h, timespec64_valid" },
};
