/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-owned.c: a PI futex that another thread owns: who waits, who
 * is told, who may unlock. */
#include "sleeper.h"

static int lock, leave;
static const struct sys_timespec past = { 1, 0 };
static struct sleeper owner = {
	.word = &lock, .op = FUTEX_LOCK_PI_PRIVATE, .leave = &leave
};

static int setup(void)
{
	return sleeper_start(&owner);
}

static int run(void)
{
	CHECK(sys_futex(&lock, FUTEX_TRYLOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EAGAIN);
	CHECK(sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EPERM);
	CHECK(sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, &past, NULL, 0) ==
		-ETIMEDOUT);
	CHECK((lock & FUTEX_TID_MASK) == owner.tid);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "try, time out on and unlock another thread's PI futex",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_wait_timeout.lock_pi "
		  "gvisor/PITryLock",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/pi.c" },
};
