/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-pending-died.c: a thread that was woken for a dead owner's lock
 * dies before it takes it: the wake goes on to the next.
 */
#include "robust.h"

enum { FREED = (int)FUTEX_OWNER_DIED };

static struct robust entry;
static struct sleeper s = {
	.word = &entry.word, .op = FUTEX_WAIT, .val = FREED
};

static void lay_list(void)
{
	head.list_op_pending = &entry.list;
	entry.word = FREED;
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
	CHECK(entry.word == FREED);
	return 0;
}

PROBE_RAW = {
	.about = "die with a pending lock of a dead owner, at which another "
		 "thread sleeps",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "since Linux 6.2, and in stable kernels: "
				"before, the other slept on" },
	},
	.covers = "kselftest/robust_list.set_list_op_pending",
	.seen = { "https://git.kernel.org/linus/90d758896787",
		"Linux kernel/futex/core.c, handle_futex_death: state D" },
};
