/* SPDX-License-Identifier: MIT */
/* futex/requeue-pi-late.c: a requeue-PI waiter that was moved to a lock still
 * has its time-out. */
#include "sleeper.h"

static int word, lock, leave;
static struct sys_timespec soon;
static struct sleeper owner = {
	.word = &lock, .op = FUTEX_LOCK_PI_PRIVATE, .leave = &leave
};
static struct sleeper s = { .word = &word,
	.op = FUTEX_WAIT_REQUEUE_PI_PRIVATE,
	.timeout = &soon,
	.word2 = &lock };

static int setup(void)
{
	owner.tid = probe_thread(sleeper_run, &owner, NULL);
	if (owner.tid < 0)
		return (int)-owner.tid;
	sleeper_result(&owner);
	sys(__NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, &soon);
	soon.tv_nsec += 400000000;
	soon.tv_sec += soon.tv_nsec / 1000000000;
	soon.tv_nsec %= 1000000000;
	s.tid = probe_thread(sleeper_run, &s, NULL);
	if (s.tid < 0)
		return (int)-s.tid;
	/* On a machine that stands still its time may be over by now. */
	probe_wait_asleep(s.tid);
	return 0;
}

static int run(void)
{
	long moved = sys_futex(
		&word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, NULL, &lock, 0);

	probe_value(moved);
	CHECK(moved == 1 || (moved == 0 && s.ended));
	CHECK(sleeper_result(&s) == -ETIMEDOUT);
	CHECK((lock & FUTEX_TID_MASK) == owner.tid);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "move a requeue-PI waiter to a lock that is not given back "
		 "before its time is over",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/requeue.c, futex_wait_requeue_pi",
		"https://man7.org/linux/man-pages/man2/futex.2.html" },
};
