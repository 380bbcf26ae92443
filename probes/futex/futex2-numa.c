/* SPDX-License-Identifier: MIT */
/*
 * futex/futex2-numa.c: since Linux 6.16 a futex may have a second word, which
 * names the node that its queue is on; the kernel fills it in.
 */
#include "sleeper.h"

enum { U32 = 2, NUMA = 4, MPOL = 8, PRIVATE = 128 };
#define NO_NODE 0xffffffff

static uint32_t words[3] __attribute__((aligned(8)));
static long none, readonly;

static long wake(volatile void *at, int flags)
{
	return sys(454 /* futex_wake */, at, 1, 1, U32 | flags);
}

static int setup(void)
{
	none = sys_mmap(4096, 0, 0x22, -1, 0);
	readonly = sys_mmap(4096, 1, 0x22, -1, 0);
	return sys_failed(none) || sys_failed(readonly) ? ENOMEM : 0;
}

static int try(int flags)
{
	volatile uint32_t *word = words;

	word[1] = NO_NODE;
	CHECK_AT(flags, wake(word, flags) == 0);
	CHECK_AT(flags, (word[1] < 1024) == !!(flags & NUMA));
	CHECK_AT(flags, !word[0] && !word[2]);
	if (!(flags & NUMA))
		return 0;
	CHECK_AT(flags, wake(word, flags) == 0);
	CHECK_AT(flags, wake(word + 1, flags) == -EINVAL);
	word[1] = NO_NODE - 1;
	CHECK_AT(flags, wake(word, flags) == -EINVAL);
	word[1] = 1 << 20;
	CHECK_AT(flags, wake(word, flags) == -EINVAL);
	CHECK_AT(flags, wake((void *)none, flags) == -EFAULT);
	return 0;
}

static int run(void)
{
	for (int flags = 0; flags <= (NUMA | MPOL); flags += NUMA) {
		int err = try(flags);

		if (!err)
			err = try(flags | PRIVATE);
		if (err)
			return err;
	}
	/* Node 0 stands there, and need not be written. */
	CHECK(wake((void *)readonly, NUMA | PRIVATE) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "futex_wake with a node word, filled in, out of range, unaligned",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.has = "futex2_numa",
	.expect = {
		{ DIES("futex_wake") },
	},
	.covers = "kselftest/futex_numa kselftest/futex_numa_mpol",
	.seen = { "Linux kernel/futex/core.c, get_futex_key: FLAGS_NUMA",
		"Linux include/uapi/linux/futex.h, FUTEX2_NUMA, FUTEX_NO_NODE" },
};
