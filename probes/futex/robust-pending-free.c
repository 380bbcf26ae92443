/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-pending-free.c: a thread that dies between giving a lock back
 * and waking for it: the pending word is 0, and the kernel wakes instead.
 */
#include "robust.h"

static struct robust entry;
static struct sleeper s = { .word = &entry.word, .op = FUTEX_WAIT };

static void lay_list(void)
{
	head.list_op_pending = &entry.list;
}

static int setup(void)
{
	int err = robust_start();

	return err ? err : sleeper_start(&s);
}

static int run(void)
{
	robust_end();
	CHECK(sleeper_result(&s) == 0);
	CHECK(entry.word == 0);
	return 0;
}

PROBE_RAW = {
	.about = "die with a free lock pending, at which another thread "
		 "sleeps",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "since Linux 5.5 the wake that the dead one "
				"owed is made up "
				"for; no OWNER_DIED: the lock was free" },
	},
	.seen = { "https://git.kernel.org/linus/ca16d5bee598",
		"Linux kernel/futex/core.c, handle_futex_death" },
};
