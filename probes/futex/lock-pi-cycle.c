/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-cycle.c: two threads that lock each other's PI futex: the
 * kernel says EDEADLK to the second. */
#include "sleeper.h"

static int a, b, leave, ready;

/* Owns a and waits for b, which the leader owns. */
static void other(void *arg)
{
	(void)arg;
	sys_futex(&a, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	probe_open(&ready);
	sys_futex(&b, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	probe_pass(&leave);
}

static int setup(void)
{
	long tid;

	sys_futex(&b, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	tid = probe_thread(other, NULL, NULL);
	if (tid < 0)
		return (int)-tid;
	probe_pass(&ready);
	return probe_wait_asleep(tid);
}

static int run(void)
{
	CHECK(sys_futex(&a, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EDEADLK);
	probe_open(&leave);
	return sys_futex(&b, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
}

PROBE_RAW = {
	.about = "close a circle of two PI futexes",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/locking/rtmutex.c, "
		"rt_mutex_adjust_prio_chain" },
};
