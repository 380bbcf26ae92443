/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-owner-died.c: a word with FUTEX_OWNER_DIED alone may be
 * taken, and keeps the mark. */
#include "sleeper.h"

static int lock = FUTEX_OWNER_DIED, tid;

static int setup(void)
{
	tid = (int)sys(__NR_gettid);
	return 0;
}

static int run(void)
{
	CHECK(sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) == 0);
	CHECK(lock == (int)(FUTEX_OWNER_DIED | tid));
	CHECK(sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0) == 0);
	CHECK(lock == 0);
	return 0;
}

PROBE_RAW = {
	.about = "lock a PI word that says only that its owner died",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/pi.c, futex_lock_pi_atomic" },
};
