/* SPDX-License-Identifier: MIT */
/* futex/futex2-waitv.c: allowing futex does not allow futex_waitv, number
 * 449. */
#include "probe.h"

#define NR_CALL 449 /* younger than some headers */

struct waiter {
	uint64_t val, uaddr;
	uint32_t flags, reserved;
};

static struct waiter waiter = { .val = 1, .flags = 2 };
static int word;

static int setup(void)
{
	waiter.uaddr = (uintptr_t)&word;
	return 0;
}

static int run(void)
{
	long ret = sys(NR_CALL, &waiter, 1, 0, NULL, 0);

	if (ret == -EPERM || ret == -ENOSYS)
		return (int)-ret;
	CHECK(ret == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "futex_waitv on words that nobody waits for",
	.setup = setup,
	.run = run,
	.under = "four four-eperm four-enosys",
	.has = "futex_waitv",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("futex_waitv") },
	},
	.covers = "kselftest/futex_wait_wouldblock",
	.seen = { "https://docs.kernel.org/userspace-api/futex2.html",
		"Linux kernel/futex/syscalls.c" },
};
