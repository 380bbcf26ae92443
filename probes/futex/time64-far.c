/* SPDX-License-Identifier: MIT */
/* futex/time64-far.c: a time beyond 2038 needs futex_time64 on i386; where it
 * is not allowed, a libc that wants that time has no way back. */
#include "sleeper.h"

static int word;
static long long far[2] = { 1LL << 33, 0 }, past[2] = { 1, 0 };
static long leader;

static void waker(void *arg)
{
	(void)arg;
	probe_wait_asleep(leader);
	probe_wake(&word, 1);
}

static int setup(void)
{
	leader = sys(__NR_gettid);
	return probe_thread(waker, NULL, NULL) < 0 ? EAGAIN : 0;
}

static long until(long long *t)
{
	return sys(422, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, t,
		NULL, FUTEX_BITSET_MATCH_ANY);
}

static int run(void)
{
	long got = until(past);

	if (got != -ETIMEDOUT)
		return (int)-got;
	return (int)-until(far);
}

PROBE = {
	.about = "wait until the year 2242, or until woken",
	.setup = setup,
	.run = run,
	.under = "four-process four+futex_time64",
	.flavours = "i386",
	.expect = {
		{ WORKS, .under = "four+futex_time64" },
		{ DIES("futex_time64") },
	},
	.seen = { "glibc 2.36 nptl/futex-internal.c: need_time64",
		"Linux kernel/futex/syscalls.c" },
};
