/* SPDX-License-Identifier: MIT */
/*
 * futex/priority-order.c: real-time threads are woken, and given a PI lock, by
 * their priorities, those of one priority in the order that they came.
 */
#include "sleeper.h"

enum { WAITERS = 6, KINDS = 3 };

/* They come in this order, and go in that one. */
static const int priorities[WAITERS] = { 2, 5, 1, 5, 3, 2 };
static const int order[WAITERS] = { 1, 3, 4, 0, 5, 2 };

static int words[KINDS], lock, moved;
static volatile int came[KINDS][WAITERS];
static int ncame[KINDS], done[KINDS * WAITERS];

static void waiter(void *arg)
{
	int i = (int)(long)arg % WAITERS, kind = (int)(long)arg / WAITERS;
	int param = priorities[i];

	sys(__NR_sched_setscheduler, 0, 1 /* SCHED_FIFO */, &param);
	if (kind == 0)
		sys_futex(words, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	else if (kind == 1)
		sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	else
		sys_futex(words + 2, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0, NULL,
			&moved, 0);
	came[kind][__atomic_fetch_add(ncame + kind, 1, __ATOMIC_SEQ_CST)] = i;
	probe_wake(ncame + kind, 1);
	if (kind)
		sys_futex(kind == 1 ? &lock : &moved, FUTEX_UNLOCK_PI_PRIVATE,
			0, NULL, NULL, 0);
}

static int setup(void)
{
	sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	for (long i = 0; i < KINDS * WAITERS; i++) {
		long tid = probe_thread(waiter, (void *)i, done + i);

		if (tid < 0 || probe_wait_asleep(tid))
			return EAGAIN;
	}
	return 0;
}

static int run(void)
{
	for (int i = 0; i < WAITERS; i++) {
		CHECK_AT(i, sys_futex(words, FUTEX_WAKE_PRIVATE, 1, NULL, NULL,
				    0) == 1);
		/* Not by spinning: the lock's waiters lend us their priority.
		 */
		while (__atomic_load_n(ncame, __ATOMIC_SEQ_CST) <= i)
			probe_wait(ncame, i, -1);
	}
	CHECK(!sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	CHECK(!sys_futex(&moved, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	CHECK(sys_futex(words + 2, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)99,
		      &moved, 0) == WAITERS);
	CHECK(!sys_futex(&moved, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0));
	for (int i = 0; i < KINDS * WAITERS; i++)
		probe_join(done + i);
	for (int kind = 0; kind < KINDS; kind++)
		for (int i = 0; i < WAITERS; i++)
			CHECK_AT(kind, came[kind][i] == order[i]);
	return 0;
}

PROBE_RAW = {
	.about = "wake real-time threads one by one, and hand a PI lock to them",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "realtime",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_requeue_pi",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: \"the "
		  "highest-priority waiter\"",
		"Linux kernel/futex/core.c, __futex_queue",
		"Linux kernel/locking/rtmutex.c, rt_waiter_node_less" },
};
