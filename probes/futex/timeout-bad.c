/* SPDX-License-Identifier: MIT */
/* futex/timeout-bad.c: every operation that takes a time looks at it first,
 * and refuses what is none; the others take anything. */
#include "sleeper.h"

static const int timed[] = { FUTEX_WAIT, FUTEX_LOCK_PI, FUTEX_WAIT_BITSET,
	FUTEX_WAIT_REQUEUE_PI, SLEEPER_LOCK_PI2 };
static const struct sys_timespec bad[] = { { 0, -1 }, { 0, 1000000000 },
	{ -1, 0 }, { 0, (long)(~0UL >> 1) } };
static int word;

static long at(int op, const void *timeout)
{
	return sys_futex(&word, op, 1, timeout, NULL, 1);
}

static int nops; /* that this kernel has */

static int setup(void)
{
	nops = 4 + sleeper_lock_pi2();
	return 0;
}

static int run(void)
{
	for (int i = 0; i < nops; i++) {
		int op = timed[i];

		for (int t = 0; t < 4; t++) {
			CHECK_AT(op * 10 + t, at(op, bad + t) == -EINVAL);
			op |= FUTEX_PRIVATE_FLAG;
			CHECK_AT(op * 10 + t, at(op, bad + t) == -EINVAL);
		}
		CHECK_AT(op, at(op, (void *)8) == -EFAULT);
	}
	CHECK(at(FUTEX_WAKE, (void *)8) == 0);
	CHECK(at(FUTEX_WAKE_BITSET, (void *)8) == 0);
	CHECK(at(FUTEX_TRYLOCK_PI, (void *)8) == 0);
	CHECK(at(FUTEX_UNLOCK_PI, (void *)8) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "each operation with broken times: nanoseconds below 0 and "
		 "beyond a second, seconds below 0, no address",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_wait06 gvisor/WaitBitset_NegativeTimeout",
	.seen = { "Linux kernel/futex/syscalls.c, futex_cmd_has_timeout",
		"Linux include/linux/time64.h, timespec64_valid" },
};
