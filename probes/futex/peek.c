/* SPDX-License-Identifier: MIT */
/*
 * futex/peek.c: a wait reads: by its answer a word in unreadable or absent
 * memory is told from one that can be read, and without a signal.
 */
#include "sleeper.h"

static const struct sys_timespec zero;
static int secret = 0x5ec2e7;
static char *hole;

static int setup(void)
{
	hole = (char *)sys_mmap(3 * 4096, 3, 0x22, -1, 0);
	if (sys_failed((long)hole))
		return ENOMEM;
	sys(__NR_munmap, hole + 4096, 4096);
	sys(__NR_mprotect, hole + 8192, 4096, 0);
	return 0;
}

static long ask(void *at, int val)
{
	return sys_futex(at, FUTEX_WAIT_PRIVATE, val, &zero, NULL, 0);
}

static int run(void)
{
	CHECK(ask(hole, 1) == -EAGAIN);
	CHECK(ask(hole + 4096, 1) == -EFAULT);
	CHECK(ask(hole + 8192, 1) == -EFAULT);
	CHECK(ask(&secret, 0x5ec2e6) == -EAGAIN);
	CHECK(ask(&secret, 0x5ec2e7) == -ETIMEDOUT);
	return 0;
}

PROBE_RAW = {
	.about = "map the address space by the answers of FUTEX_WAIT",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS, .why = "an address-space oracle without a fault, that "
				"no narrowing by operation closes: write() "
				"to a pipe is another, EFAULT or not" },
	},
	.seen = { "Linux kernel/futex/waitwake.c, futex_wait_setup" },
};
