/* SPDX-License-Identifier: MIT */
/*
 * futex/futex2-strict.c: the new calls are strict where the old one is lax:
 * a count of 0 wakes none, flags and sizes that do not exist are EINVAL.
 */
#include "sleeper.h"

static int word;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
} item = { .flags = 2 };

static int setup(void)
{
	item.uaddr = (uintptr_t)&word;
	return sleeper_start(&s);
}

static long wake(int count, unsigned long mask, unsigned int flags)
{
	return sys(454, &word, mask, count, flags);
}

static long waitv(long count, long flags)
{
	return sys(449, &item, count, flags, NULL, 0);
}

static int run(void)
{
	CHECK(wake(0, 1, 2 | 128) == 0 && sleeper_sleeps(&s));
	for (unsigned int size = 0; size < 4; size++)
		CHECK_AT(size, size == 2 || wake(1, 1, size) == -EINVAL);
	for (int bit = 3; bit < 32; bit++)
		CHECK_AT(bit, bit == 3 || bit == 7 ||
				      wake(1, 1, 2 | 1u << bit) == -EINVAL);
	CHECK(wake(1, 0, 2 | 128) == -EINVAL);
	CHECK(waitv(0, 0) == -EINVAL && waitv(129, 0) == -EINVAL);
	CHECK(waitv(1, 1) == -EINVAL);
	item.reserved = 1;
	CHECK(waitv(1, 0) == -EINVAL);
	CHECK(wake(1, 1, 2 | 128) == 1);
	return (int)-sleeper_result(&s);
}

PROBE_RAW = {
	.about = "futex_wake and futex_waitv with counts, sizes and flags that "
		 "are none",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.has = "futex2",
	.expect = {
		{ DIES("futex_wake") },
	},
	.seen = { "Linux kernel/futex/syscalls.c, futex_wake, futex_waitv",
		"https://docs.kernel.org/userspace-api/futex2.html" },
};
