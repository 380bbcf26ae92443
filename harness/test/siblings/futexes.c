/* SPDX-License-Identifier: MIT */
/* futexes.c: calls on futexes; nobody sleeps on them. */
#include <errno.h>
#include <linux/futex.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "doers.h"

#define NR_FUTEX_WAKE	 454
#define NR_FUTEX_WAIT	 455
#define NR_FUTEX_REQUEUE 456

static uint32_t word;
static long timed_out(long ret)
{
	return ret == -ETIMEDOUT ? 0 : ret;
}
static struct timespec past = { 1, 0 }, soon = { 0, 1000 };
DO(do_futex)
{
	return timed_out(RAW(__NR_futex, &word, FUTEX_WAIT, 0, &soon, 0, 0));
}
DO(do_futex_waitv)
{
	struct futex_waitv w = { .uaddr = (uintptr_t)&word, .flags = FUTEX_32 };

	return timed_out(
		RAW(__NR_futex_waitv, &w, 1, 0, &past, CLOCK_MONOTONIC));
}
DO(do_futex_wait)
{
	return timed_out(RAW(NR_FUTEX_WAIT, &word, 0, ~0u, FUTEX_32, &past,
		CLOCK_MONOTONIC));
}
DO(do_futex_wakes)
{
	return RAW(__NR_futex, &word, FUTEX_WAKE, 1, 0, 0, 0);
}
DO(do_futex_wake)
{
	return RAW(NR_FUTEX_WAKE, &word, ~0u, 1, FUTEX_32);
}
static uint32_t second;
DO(do_futex_moves)
{
	return RAW(__NR_futex, &word, FUTEX_CMP_REQUEUE, 1, 1, &second, 0);
}
DO(do_futex_requeue)
{
	struct futex_waitv w[2] = {
		{ .uaddr = (uintptr_t)&word, .flags = FUTEX_32 },
		{ .uaddr = (uintptr_t)&second, .flags = FUTEX_32 },
	};

	return RAW(NR_FUTEX_REQUEUE, w, 0, 1, 1);
}

#define D(name)                                                                \
	{                                                                      \
		.call = #name, .act = do_##name                                \
	}
const struct doer doers_futexes[] = { { "wakes", "futex", do_futex_wakes },
	{ "moves", "futex", do_futex_moves }, D(futex), D(futex_waitv),
	D(futex_wait), D(futex_wake), D(futex_requeue), { 0 } };
