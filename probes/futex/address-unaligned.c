/* SPDX-License-Identifier: MIT */
/* futex/address-unaligned.c: a word must be aligned to four bytes, for every
 * operation. */
#include "sleeper.h"

static const int ops[] = { FUTEX_WAIT, FUTEX_WAKE, FUTEX_REQUEUE,
	FUTEX_CMP_REQUEUE, FUTEX_WAKE_OP, FUTEX_LOCK_PI, FUTEX_UNLOCK_PI,
	FUTEX_TRYLOCK_PI, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET,
	FUTEX_WAIT_REQUEUE_PI, FUTEX_CMP_REQUEUE_PI, SLEEPER_LOCK_PI2 };
#define NOPS ((int)(sizeof(ops) / sizeof(*ops)))
static int nops; /* that this kernel has: LOCK_PI2 is the last */

static int words[8];

static long at(int op, int off)
{
	return sys_futex(
		(void *)((char *)words + off), op, 1, (void *)0, words + 4, 1);
}

static int setup(void)
{
	nops = NOPS - !sleeper_lock_pi2();
	return 0;
}

static int run(void)
{
	for (int i = 0; i < nops; i++)
		for (int off = 1; off < 4; off++) {
			long want =
				ops[i] == FUTEX_UNLOCK_PI ? -EPERM : -EINVAL;

			CHECK_AT(ops[i] * 10 + off, at(ops[i], off) == want);
			CHECK_AT(ops[i] * 10 + off,
				at(ops[i] | FUTEX_PRIVATE_FLAG, off) == want);
		}
	return 0;
}

PROBE_RAW = {
	.about = "each operation at addresses 1 to 3 bytes off",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "FUTEX_UNLOCK_PI reads the word before it "
				"looks at the address: EPERM" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/core.c, get_futex_key",
		"Linux kernel/futex/pi.c, futex_unlock_pi" },
};
