/* SPDX-License-Identifier: MIT */
/* futex/wait-requeue-pi-timeout.c: a requeue-PI wait that nobody moves ends
 * by its time-out, an absolute one. */
#include "sleeper.h"

static int word, lock;
static const struct sys_timespec past = { 1, 0 };

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, &past, &lock,
		      0) == -ETIMEDOUT);
	CHECK(sys_futex(&word, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 1, &past, &lock,
		      0) == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_WAIT_REQUEUE_PI until a time in the past, and "
		 "with another value",
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_wait_timeout.requeue_pi",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
