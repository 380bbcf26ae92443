/* SPDX-License-Identifier: MIT */
/*
 * futex/lock-pi-exit-race.c: lock a PI futex while its owner ends without
 * giving it back: handed over or ESRCH, never a lock-up.
 */
#include "sleeper.h"

enum { ROUNDS = 8 };

static int locks[ROUNDS], go[ROUNDS], done[ROUNDS];

static void owner(void *arg)
{
	int i = (int)(long)arg;

	sys_futex(locks + i, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	probe_pass(go + i);
}

static int setup(void)
{
	for (long i = 0; i < ROUNDS; i++)
		if (probe_thread(owner, (void *)i, done + i) < 0)
			return EAGAIN;
	for (int i = 0; i < ROUNDS; i++)
		while (!__atomic_load_n(locks + i, __ATOMIC_SEQ_CST))
			probe_nap(100000);
	return 0;
}

static int run(void)
{
	int handed = 0;

	for (int i = 0; i < ROUNDS; i++) {
		probe_open(go + i);
		long got = sys_futex(
			locks + i, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);

		CHECK(got == 0 || got == -ESRCH);
		handed += !got;
		CHECK(!got || (locks[i] & FUTEX_WAITERS));
		probe_join(done + i);
	}
	probe_value(handed);
	return 0;
}

PROBE_RAW = {
	.about = "lock PI futexes of eight owners that are about to end",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "waiters used to spin while the owner cleaned "
				"up: now they wait for the cleaning" },
	},
	.covers = "kselftest/futex_lock_pi_exiting",
	.seen = { "https://git.kernel.org/linus/3ef240eaff36",
		"Linux kernel/futex/pi.c, wait_for_owner_exiting" },
};
