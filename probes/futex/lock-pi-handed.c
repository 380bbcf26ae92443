/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-handed.c: an owner that ends without unlocking hands a PI
 * futex over, with FUTEX_OWNER_DIED set. */
#include "sleeper.h"

static int lock, leave, done;
static struct sleeper owner = {
	.word = &lock, .op = FUTEX_LOCK_PI_PRIVATE, .leave = &leave
};
static struct sleeper waiter = {
	.word = &lock, .op = FUTEX_LOCK_PI_PRIVATE, .leave = &done
};

static int setup(void)
{
	int err = sleeper_start(&owner);

	return err ? err : sleeper_start(&waiter);
}

static int run(void)
{
	CHECK(sleeper_sleeps(&waiter));
	probe_open(&leave);
	CHECK(sleeper_result(&waiter) == 0);
	CHECK(lock & FUTEX_OWNER_DIED);
	CHECK((lock & FUTEX_TID_MASK) == waiter.tid);
	probe_open(&done);
	return 0;
}

PROBE_RAW = {
	.about = "wait for a PI futex whose owner ends",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the kernel knows the waiters, so it can: a "
				"lock that nobody waits for is left locked "
				"(thread/killed-pi)" },
	},
	.covers = "kselftest/futex_lock_pi_exiting gvisor/PIWaiters",
	.seen = { "Linux kernel/futex/core.c, "
		"exit_pi_state_list",
		"https://nvd.nist.gov/vuln/detail/CVE-2021-3347" },
};
