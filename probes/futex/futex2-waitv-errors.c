/* SPDX-License-Identifier: MIT */
/* futex/futex2-waitv-errors.c: what futex_waitv refuses, and how it times out.
 */
#include "sleeper.h"

static struct item {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
} item, many[129];
static int word[2];
static int64_t soon[2][2], past[2], bad[2] = { 1, 1000000000 };

/* The time is struct __kernel_timespec: 64 bits on i386 too. */
static long waitv(const void *list, const void *until, int clock)
{
	return sys(449 /* futex_waitv */, list, 1, 0, until, clock);
}

static int setup(void)
{
	for (int clock = 0; clock < 2; clock++) {
		struct sys_timespec t;

		sys(__NR_clock_gettime, clock, &t);
		soon[clock][0] = t.tv_sec;
		soon[clock][1] = t.tv_nsec + 1000000;
		if (soon[clock][1] >= 1000000000) {
			soon[clock][0]++;
			soon[clock][1] -= 1000000000;
		}
	}
	return 0;
}

static void set(void *at, uint32_t flags)
{
	item.uaddr = (uintptr_t)at;
	item.flags = flags;
	item.reserved = 0;
}

static int run(void)
{
	set(word, 2 | 128);
	for (int clock = 0; clock < 2; clock++) {
		CHECK_AT(clock, waitv(&item, soon[clock], clock) == -ETIMEDOUT);
		CHECK_AT(clock, waitv(&item, past, clock) == -ETIMEDOUT);
		CHECK_AT(clock, waitv(&item, bad, clock) == -EINVAL);
	}
	for (int clock = 2; clock < 13; clock++)
		CHECK_AT(clock, waitv(&item, past, clock) == -EINVAL);
	CHECK(waitv(&item, (void *)1, 1) == -EFAULT);
	CHECK(waitv(NULL, NULL, 0) == -EINVAL);
	CHECK(waitv((void *)1, NULL, 0) == -EFAULT);
	set(word, 128);
	CHECK(waitv(&item, past, 1) == -EINVAL);
	set((char *)word + 1, 2 | 128);
	CHECK(waitv(&item, past, 1) == -EINVAL);
	set(NULL, 2 | 128);
	CHECK(waitv(&item, past, 1) == -EFAULT);
	set(word, 2 | 128 | 16);
	CHECK(waitv(&item, past, 1) == -EINVAL);
	set(word, 2 | 128);
	item.reserved = 1;
	CHECK(waitv(&item, past, 1) == -EINVAL);
	/* As many as there may be, and one more: none has that value. */
	set(word, 2 | 128);
	item.val = 1;
	for (int i = 0; i < 129; i++)
		many[i] = item;
	CHECK(sys(449, many, 128, 0, NULL, 0) == -EAGAIN);
	CHECK(sys(449, many, 129, 0, NULL, 0) == -EINVAL);
	CHECK(sys(449, many, 0, 0, NULL, 0) == -EINVAL);
	CHECK(sys(449, many, 1, 1, NULL, 0) == -EINVAL);
	return 0;
}

PROBE_RAW = {
	.about = "futex_waitv with bad clocks, times, lists, sizes and addresses, "
		 "and until its time is over by either clock",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "futex_waitv",
	.expect = {
		{ DIES("futex_waitv") },
	},
	.covers = "ltp/futex_waitv01 "
		  "kselftest/futex_wait_timeout.waitv "
		  "kselftest/futex_waitv.errors "
		  "syzkaller/futex_waitv_realtime",
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html",
		"Linux kernel/futex/syscalls.c, futex_waitv" },
};
