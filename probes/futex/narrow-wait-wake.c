/* SPDX-License-Identifier: MIT */
/*
 * futex/narrow-wait-wake.c: what a filter for WAIT and WAKE lets through, by
 * table: every operation, private and shared, on either clock.
 */
#include "sleeper.h"

static int word = 5;
static const struct sys_timespec past = { 0, 1 };

/* True when the filter let it through: no operation here gives EPERM. */
static bool passes(int op, long high)
{
	return sys6(__NR_futex, (long)&word, op | high, 1, (long)&past,
		       (long)&word, 1) != -EPERM;
}

static int run(void)
{
	for (int cmd = 0; cmd < 16; cmd++)
		for (int flags = 0; flags < 4; flags++) {
			int op = cmd | flags << 7;

			if (cmd == FUTEX_UNLOCK_PI)
				continue; /* EPERM is its own answer */
			CHECK_AT(op,
				passes(op, 0) == (probe_unfiltered() ||
							 cmd <= FUTEX_WAKE));
		}
	for (int bit = 9; bit < 32; bit++)
		CHECK_AT(bit, passes((int)(FUTEX_WAKE | 1u << bit), 0) ==
				      probe_unfiltered());
#ifdef __x86_64__
	CHECK(passes(FUTEX_WAKE, 1L << 40));
#endif
	return 0;
}

PROBE_RAW = {
	.about = "64 operations and flags, 23 unknown flags, and a bit above "
		 "the kernel's 32",
	.run = run,
	.under = "futex-wait-wake-eperm",
	.expect = {
		{ WORKS, .why = "PRIVATE and CLOCK_REALTIME pass with both, "
				"though the kernel says ENOSYS to the clock: "
				"44 of 52 real forms are closed" },
	},
	.seen = { "harness/profiles/futex-wait-wake-eperm.json" },
};
