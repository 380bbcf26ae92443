/* SPDX-License-Identifier: MIT */
/*
 * futex/futex2-mixed.c: who sleeps by futex_waitv or futex_wait is woken by
 * the old FUTEX_WAKE.
 */
#include "sleeper.h"

static int word, word2;
static struct {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
} list[2] = { { .flags = 2 | 128 }, { .flags = 2 | 128 } };
static long got = -1;
static int done, done2;

static void many(void *arg)
{
	(void)arg;
	got = sys(449 /* futex_waitv */, list, 2, 0, NULL, 0);
}

static void one(void *arg)
{
	(void)arg;
	sys(455 /* futex_wait */, &word, 0, 1, 2 | 128, NULL, 0);
}

static int setup(void)
{
	long a, b;

	list[0].uaddr = (uintptr_t)&word;
	list[1].uaddr = (uintptr_t)&word2;
	a = probe_thread(one, NULL, &done);
	b = probe_thread(many, NULL, &done2);
	if (a < 0 || b < 0)
		return EAGAIN;
	return probe_wait_asleep(a) || probe_wait_asleep(b) ? ESRCH : 0;
}

static int run(void)
{
	CHECK(sys_futex(&word2, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	probe_join(&done2);
	CHECK(got == 1);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "wake sleepers of futex_waitv and futex_wait by FUTEX_WAKE",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "futex2",
	.expect = {
		{ WORKS, .why = "one set of queues; futex_waitv tells which "
				"word woke it, and leaves the other" },
	},
	.covers = "kselftest/futex_waitv.private",
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html" },
};
