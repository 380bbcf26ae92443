/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-pi-ends.c: requeue-PI against a waiter whose time runs out, and
 * which ends then and there. What was woken is gone by then (CVE-2025-39977
 * used it still): each waiter has the lock or has not, as it was told.
 */
#include "sleeper.h"

enum { ROUNDS = 100 };

static int word, lock, go, ended, done[ROUNDS];
static int wrong;

static void waiter(void *arg)
{
	int own = (int)sys(__NR_gettid), i = (int)(long)arg;
	struct sys_timespec t;

	sys(__NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, &t);
	t.tv_nsec += 10000 + i * 600;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	long got = sys_futex(
		&word, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, &t, &lock, 0);
	bool mine = (__atomic_load_n(&lock, __ATOMIC_SEQ_CST) &
			    FUTEX_TID_MASK) == own;

	if (mine != !got || (got && got != -ETIMEDOUT && got != -EAGAIN))
		__atomic_store_n(&wrong, 1, __ATOMIC_SEQ_CST);
	if (mine && sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0))
		__atomic_store_n(&wrong, 1, __ATOMIC_SEQ_CST);
}

static void starter(void *arg)
{
	(void)arg;
	probe_pass(&go);
	for (long i = 0; i < ROUNDS; i++) {
		if (probe_thread(waiter, (void *)i, done + i) < 0)
			__atomic_store_n(&wrong, 2, __ATOMIC_SEQ_CST);
		else
			probe_join(done + i);
	}
	__atomic_store_n(&ended, 1, __ATOMIC_SEQ_CST);
}

static int setup(void)
{
	return probe_thread(starter, NULL, NULL) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	int moved = 0;

	probe_open(&go);
	while (!__atomic_load_n(&ended, __ATOMIC_SEQ_CST))
		moved += sys_futex(&word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL,
				 &lock, 0) == 1;
	probe_value(moved);
	CHECK(!wrong && !lock);
	return 0;
}

PROBE_RAW = {
	.about = "requeue waiters to a PI lock that time out and end",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw i386",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.covers = "cve/2025-39977",
	.seen = { "https://git.kernel.org/linus/b549113738e8",
		"Linux kernel/futex/requeue.c, requeue_pi_wake_futex" },
};
