/* SPDX-License-Identifier: MIT */
/* futex/futex2-requeue.c: allowing futex does not allow futex_requeue, number
 * 456. */
#include "probe.h"

#define NR_CALL 456 /* younger than some headers */

struct waiter {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};

static struct waiter waiters[2] = { { .flags = 2 }, { .flags = 2 } };
static int word, word2;

static int setup(void)
{
	waiters[0].uaddr = (uintptr_t)&word;
	waiters[1].uaddr = (uintptr_t)&word2;
	return 0;
}

static int run(void)
{
	long ret = sys(NR_CALL, waiters, 0, 0, 0);

	if (ret == -EPERM || ret == -ENOSYS)
		return (int)-ret;
	CHECK(ret == 0);
	return 0;
}

PROBE_RAW = {
	.about = "futex_requeue on words that nobody waits for",
	.setup = setup,
	.run = run,
	.under = "four four-eperm four-enosys",
	.has = "futex2",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("futex_requeue") },
	},
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html",
		"Linux kernel/futex/syscalls.c" },
};
