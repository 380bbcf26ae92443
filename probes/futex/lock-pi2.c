/* SPDX-License-Identifier: MIT */
/* futex/lock-pi2.c: FUTEX_LOCK_PI2 takes the clock that FUTEX_LOCK_PI cannot
 * choose. */
#include "sleeper.h"

#define LOCK_PI2 (13 | FUTEX_PRIVATE_FLAG) /* since Linux 5.14 */

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
	CHECK(sys_futex(&lock, LOCK_PI2, 0, &past, NULL, 0) == -ETIMEDOUT);
	CHECK(sys_futex(&lock, LOCK_PI2 | FUTEX_CLOCK_REALTIME, 0, &past, NULL,
		      0) == -ETIMEDOUT);
	CHECK(sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE | FUTEX_CLOCK_REALTIME, 0,
		      &past, NULL, 0) == -ENOSYS);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "FUTEX_LOCK_PI2 with past times on both clocks; "
		 "FUTEX_LOCK_PI with a flag",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "lock_pi2",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_wait_timeout.lock_pi",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/syscalls.c, do_futex" },
};
