/* SPDX-License-Identifier: MIT */
/* futex/realtime-others.c: FUTEX_CLOCK_REALTIME is no flag of the operations
 * that take no absolute time, or have their clock. */
#include "sleeper.h"

static int word;

static int run(void)
{
	for (int op = FUTEX_REQUEUE; op <= FUTEX_CMP_REQUEUE_PI; op++) {
		int with = op | FUTEX_CLOCK_REALTIME;

		if (op == FUTEX_WAIT_BITSET || op == FUTEX_WAIT_REQUEUE_PI)
			continue;
		CHECK_AT(op,
			sys_futex(&word, with, 1, NULL, &word, 0) == -ENOSYS);
		with |= FUTEX_PRIVATE_FLAG;
		CHECK_AT(op,
			sys_futex(&word, with, 1, NULL, &word, 0) == -ENOSYS);
	}
	CHECK(word == 0);
	return 0;
}

PROBE_RAW = {
	.about = "each operation that requeues, locks, unlocks or wakes with "
		 "FUTEX_CLOCK_REALTIME",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/syscalls.c, do_futex" },
};
