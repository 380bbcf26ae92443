/* SPDX-License-Identifier: MIT */
/*
 * futex/lock-pi-exit-thousand.c: a thousand owners of a PI lock end while it is
 * locked: handed over or ESRCH each time, whichever comes first, and the end of
 * each is awaited.
 */
#include "sleeper.h"

enum { ROUNDS = 1000 };

static int locks[ROUNDS], done[ROUNDS], held[ROUNDS], tried[ROUNDS];
static int failed;

static void owner(void *arg)
{
	long i = (long)arg;

	if (sys_futex(locks + i, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0))
		__atomic_store_n(&failed, 1, __ATOMIC_SEQ_CST);
	probe_open(held + i);
}

/* Starts them one by one: who is filtered cannot. */
static void starter(void *arg)
{
	(void)arg;
	for (long i = 0; i < ROUNDS; i++) {
		if (probe_thread(owner, (void *)i, done + i) < 0) {
			__atomic_store_n(&failed, 1, __ATOMIC_SEQ_CST);
			probe_open(held + i);
		}
		probe_pass(tried + i);
	}
}

static int go;

static void start(void *arg)
{
	probe_pass(&go);
	starter(arg);
}

static int setup(void)
{
	return probe_thread(start, NULL, NULL) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	int handed = 0;

	probe_open(&go);
	for (int i = 0; i < ROUNDS; i++) {
		probe_pass(held + i);
		CHECK(!__atomic_load_n(&failed, __ATOMIC_SEQ_CST));
		long got = sys_futex(
			locks + i, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
		CHECK_AT(i, got == 0 || got == -ESRCH);
		handed += !got;
		probe_join(done + i);
		probe_open(tried + i);
	}
	probe_value(handed);
	return 0;
}

PROBE_RAW = {
	.about = "lock what a thousand ending threads hold, one after another",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.untraced = true, /* a stop at each start and end */
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_lock_pi_exiting",
	.seen = { "https://git.kernel.org/linus/3ef240eaff36",
		"Linux kernel/futex/pi.c, attach_to_pi_owner" },
};
