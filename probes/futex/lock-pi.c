/* SPDX-License-Identifier: MIT */
/* futex/lock-pi.c: a free PI futex is taken with the thread's id in the word,
 * and given back. */
#include "sleeper.h"

static int lock, tid;

static long pi(int op)
{
	return sys_futex(&lock, op, 0, NULL, NULL, 0);
}

static int setup(void)
{
	tid = (int)sys(__NR_gettid);
	return 0;
}

static int run(void)
{
	CHECK(pi(FUTEX_LOCK_PI_PRIVATE) == 0 && lock == tid);
	CHECK(pi(FUTEX_LOCK_PI_PRIVATE) == -EDEADLK);
	CHECK(pi(FUTEX_TRYLOCK_PI_PRIVATE) == -EDEADLK);
	CHECK(pi(FUTEX_UNLOCK_PI_PRIVATE) == 0 && lock == 0);
	CHECK(pi(FUTEX_UNLOCK_PI_PRIVATE) == -EPERM);
	CHECK(pi(FUTEX_TRYLOCK_PI_PRIVATE) == 0 && lock == tid);
	CHECK(pi(FUTEX_UNLOCK_PI_PRIVATE) == 0 && lock == 0);
	return 0;
}

PROBE_RAW = {
	.about = "lock, lock again, try again and unlock a PI futex",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "kselftest/futex_lock_pi_exiting gvisor/PIBasic",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/pi.c" },
};
