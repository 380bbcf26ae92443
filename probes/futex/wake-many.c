/* SPDX-License-Identifier: MIT */
/* futex/wake-many.c: 55 threads are woken one, two, three at a time and so on:
 * each wake says how many it woke. */
#include "sleeper.h"

enum { THREADS = 55 };

static int word, done[THREADS], awake;

static void thread(void *arg)
{
	(void)arg;
	sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_fetch_add(&awake, 1, __ATOMIC_SEQ_CST);
}

static int setup(void)
{
	long tids[THREADS];

	for (int i = 0; i < THREADS; i++) {
		tids[i] = probe_thread(thread, NULL, done + i);
		if (tids[i] < 0)
			return EAGAIN;
	}
	for (int i = 0; i < THREADS; i++)
		if (probe_wait_asleep(tids[i]))
			return ESRCH;
	return 0;
}

static int run(void)
{
	for (int n = 1, woken = 0; n <= 10; n++) {
		CHECK_AT(n, sys_futex(&word, FUTEX_WAKE_PRIVATE, n, NULL, NULL,
				    0) == n);
		woken += n;
		CHECK_AT(n, __atomic_load_n(&awake, __ATOMIC_SEQ_CST) <= woken);
	}
	for (int i = 0; i < THREADS; i++)
		probe_join(done + i);
	CHECK(awake == THREADS);
	return 0;
}

PROBE_RAW = {
	.about = "wake 55 threads, one to ten at a time",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_wake02 gvisor/WakeAll",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: \"returns "
		  "the number of waiters that were woken up\"" },
};
