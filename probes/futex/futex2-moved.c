/* SPDX-License-Identifier: MIT */
/* futex/futex2-moved.c: futex_requeue moves the sleepers of the old call, and
 * compares as FUTEX_CMP_REQUEUE does. */
#include "sleeper.h"

static int word, word2;
static struct sleeper a = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static struct {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
} pair[2] = { { .flags = 2 | 128 }, { .flags = 2 | 128 } };

static int setup(void)
{
	int err = sleeper_start(&a);

	pair[0].uaddr = (uintptr_t)&word;
	pair[1].uaddr = (uintptr_t)&word2;
	return err ? err : sleeper_start(&b);
}

static long requeue(int wake, int move)
{
	return sys(456, pair, 0, wake, move);
}

static int run(void)
{
	CHECK(requeue(-1, 1) == -EINVAL);
	pair[0].val = 1;
	CHECK(requeue(1, 1) == -EAGAIN);
	pair[0].val = 0;
	CHECK(requeue(1, 1) == 2);
	CHECK(sleeper_result(&a) == 0 && sleeper_sleeps(&b));
	CHECK(sys_futex(&word2, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&b);
}

PROBE_RAW = {
	.about = "wake one sleeper and move one by futex_requeue",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.has = "futex2",
	.expect = {
		{ DIES("futex_requeue") },
	},
	.seen = { "Linux kernel/futex/syscalls.c, futex_requeue" },
};
