/* SPDX-License-Identifier: MIT */
/* futex/robust-bits.c: the wake that a dead owner owes is for any waiter,
 * whatever his bits are. */
#include "robust.h"

static struct robust entry;
static struct sleeper s = {
	.word = &entry.word, .op = FUTEX_WAIT_BITSET, .val3 = 2
};

static void lay_list(void)
{
	entry.list.next = &head.list;
	head.list.next = &entry.list;
	entry.word = (int)(FUTEX_WAITERS | tid);
}

static int setup(void)
{
	int err = robust_start();

	s.val = entry.word;
	return err ? err : sleeper_start(&s);
}

static int run(void)
{
	robust_end();
	/* Nobody else is there to wake: 0 woken is all that were. */
	CHECK(sys_futex(&entry.word, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "die with a robust lock at which somebody sleeps with one bit",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, handle_futex_death",
		"https://docs.kernel.org/locking/robust-futex-ABI.html" },
};
