/* SPDX-License-Identifier: MIT */
/*
 * futex/wake-stolen.c: wakes go to sleepers in the order of their sleep: one
 * more sleeper in shared memory swallows what was meant for an outsider.
 */
#include "sleeper.h"

static int *shared;
static long leader, outsider;

/* Sleeps behind the leader. */
static int sleeper(void)
{
	if (probe_wait_asleep(leader))
		return 1;
	probe_open(shared + 1);
	return sys_futex(shared, FUTEX_WAIT, 0, NULL, NULL, 0) != 0;
}

static int waker(void)
{
	probe_pass(shared + 1);
	if (probe_wait_asleep(outsider))
		return 1;
	return sys_futex(shared, FUTEX_WAKE, 1, NULL, NULL, 0) != 1;
}

static int setup(void)
{
	leader = sys(__NR_gettid);
	shared = probe_shared();
	outsider = shared ? probe_partner(sleeper) : -ENOMEM;
	return outsider < 0 || probe_partner(waker) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	CHECK(sys_futex(shared, FUTEX_WAIT, 0, NULL, NULL, 0) == 0);
	sys_futex(shared, FUTEX_WAKE, 1, NULL, NULL, 0);
	return 0;
}

PROBE_RAW = {
	.about = "sleep in shared memory before an outsider does, and take "
		 "his wake",
	.setup = setup,
	.run = run,
	.under = "four futex-private futex-wait-wake",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS, .why = "first come, first served (among sleepers of "
				"one priority): futex words in shared memory "
				"trust everybody who can map them" },
	},
	.seen = { "Linux kernel/futex/core.c, __futex_queue: a plist",
		"Linux kernel/futex/waitwake.c, futex_wake" },
};
