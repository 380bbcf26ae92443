/* SPDX-License-Identifier: MIT */
/* futex/address-kernel.c: addresses of the kernel are refused before they are
 * looked at. */
#include "sleeper.h"

static const int ops[] = { FUTEX_WAIT, FUTEX_WAKE, FUTEX_REQUEUE,
	FUTEX_CMP_REQUEUE, FUTEX_WAKE_OP, FUTEX_LOCK_PI, FUTEX_UNLOCK_PI,
	FUTEX_TRYLOCK_PI, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET,
	FUTEX_WAIT_REQUEUE_PI, FUTEX_CMP_REQUEUE_PI, SLEEPER_LOCK_PI2 };
#define NOPS ((int)(sizeof(ops) / sizeof(*ops)))
static int nops; /* that this kernel has: LOCK_PI2 is the last */

#ifdef __x86_64__
static const unsigned long kernel[] = { 0xffff888000000000, 0xffffffff81000000,
	0xfffffffffffffffc };
#else
static const unsigned long kernel[] = { 0xfffffffc, 0xfffff000, 0xffffe000 };
#endif
static int word2;

static long at(int op, unsigned long addr)
{
	return sys_futex((void *)addr, op, 1, (void *)0, &word2, 1);
}

static int setup(void)
{
	nops = NOPS - !sleeper_lock_pi2();
	return 0;
}

static int run(void)
{
	for (int i = 0; i < nops; i++)
		for (int k = 0; k < 3; k++) {
			CHECK_AT(ops[i] * 10 + k,
				at(ops[i], kernel[k]) == -EFAULT);
			CHECK_AT(ops[i] * 10 + k,
				at(ops[i] | FUTEX_PRIVATE_FLAG, kernel[k]) ==
					-EFAULT);
		}
	return 0;
}

PROBE_RAW = {
	.about = "each operation at kernel addresses and at the end of "
		 "the address space",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "!i386",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/core.c, get_futex_key: "
		"access_ok" },
};
