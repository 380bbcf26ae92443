/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-pi-race.c: requeue-PI against the time-out of the waiter that
 * it moves (CVE-2026-52977 locked up there): each waiter has the lock or has
 * not, and what the call returned says which.
 */
#include "sleeper.h"

enum { ROUNDS = 100 };

static int word, lock, done;
static volatile int wrong;

static void waiter(void *arg)
{
	struct sys_timespec t;
	int own = (int)sys(__NR_gettid);

	(void)arg;
	for (int i = 0; i < ROUNDS; i++) {
		sys(__NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, &t);
		t.tv_nsec = (t.tv_nsec + 20000 + i * 100) % 1000000000;
		long got = sys_futex(
			&word, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, &t, &lock, 0);
		bool mine = (lock & FUTEX_TID_MASK) == own;

		wrong += mine != !got;
		if (mine)
			wrong += !!sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0,
				NULL, NULL, 0);
	}
}

static int setup(void)
{
	return probe_thread(waiter, NULL, &done) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	int moved = 0;

	while (__atomic_load_n(&done, __ATOMIC_SEQ_CST))
		moved += sys_futex(&word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL,
				 &lock, 0) == 1;
	probe_value(moved);
	CHECK(!wrong && !lock);
	return 0;
}

PROBE_RAW = {
	.about = "requeue a waiter to a PI lock while its time runs out",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_requeue_pi cve/2026-52977",
	.seen = { "https://app.opencve.io/cve/CVE-2026-52977",
		"https://git.kernel.org/linus/07d91ef510fb" },
};
