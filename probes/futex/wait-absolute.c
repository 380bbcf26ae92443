/* SPDX-License-Identifier: MIT */
/* futex/wait-absolute.c: FUTEX_WAIT_BITSET takes an absolute time on either
 * clock. */
#include "sleeper.h"

static int word;
static struct sys_timespec past = { 1, 0 }, monotonic, realtime;

static struct sys_timespec after(int clock, long ns)
{
	struct sys_timespec t;

	sys(__NR_clock_gettime, clock, &t);
	t.tv_nsec += ns;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static long wait_until(int flag, struct sys_timespec *t)
{
	return sys_futex(&word, FUTEX_WAIT_BITSET_PRIVATE | flag, 0, t, NULL,
		FUTEX_BITSET_MATCH_ANY);
}

static int setup(void)
{
	realtime = after(0, 2000000);
	monotonic = after(1, 2000000);
	return 0;
}

static int run(void)
{
	CHECK(wait_until(0, &past) == -ETIMEDOUT);
	CHECK(wait_until(FUTEX_CLOCK_REALTIME, &past) == -ETIMEDOUT);
	CHECK(wait_until(0, &monotonic) == -ETIMEDOUT);
	CHECK(wait_until(FUTEX_CLOCK_REALTIME, &realtime) == -ETIMEDOUT);
	return 0;
}

PROBE_RAW = {
	.about = "wait until a time in the past and a little ahead, on "
		 "both clocks",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake",
			.why = "WAIT_BITSET is what glibc's condition "
				"variables and semaphores use" },
		{ WORKS },
	},
	.covers = "ltp/futex_wait_bitset01 "
		  "kselftest/futex_wait_timeout.bitset "
		  "gvisor/Wait_BitsetTimeout",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
