/* SPDX-License-Identifier: MIT */
/*
 * futex/narrow-private.c: what a filter for private futexes lets through, by
 * table: every operation with FUTEX_PRIVATE_FLAG, and none without.
 */
#include "sleeper.h"

static int word = 5;
static const struct sys_timespec past = { 0, 1 };

static bool passes(int op)
{
	return sys_futex(&word, op, 1, &past, &word, 1) != -EPERM;
}

static int run(void)
{
	for (int cmd = 0; cmd < 16; cmd++)
		for (int flags = 0; flags < 4; flags++) {
			int op = cmd | flags << 7;

			if (cmd == FUTEX_UNLOCK_PI)
				continue; /* EPERM is its own answer */
			CHECK_AT(
				op, passes(op) ==
					    (probe_unfiltered() ||
						    (op & FUTEX_PRIVATE_FLAG)));
		}
	for (int bit = 9; bit < 32; bit++)
		CHECK_AT(bit, passes((int)(FUTEX_WAKE_PRIVATE | 1u << bit)));
	return 0;
}

PROBE_RAW = {
	.about = "64 operations and flags, and 23 unknown flags",
	.run = run,
	.under = "futex-private-eperm",
	.expect = {
		{ WORKS, .why = "one bit is asked for, so every operation of "
				"the historic exploits (requeue-PI above all) "
				"is still open in its private form" },
	},
	.seen = { "harness/profiles/futex-private-eperm.json" },
};
