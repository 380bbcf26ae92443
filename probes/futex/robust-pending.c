/* SPDX-License-Identifier: MIT */
/* futex/robust-pending.c: the lock that was being taken counts too:
 * list_op_pending. */
#include "robust.h"

static struct robust entry;

static void lay_list(void)
{
	head.list_op_pending = &entry.list;
	entry.word = tid;
}

static int run(void)
{
	robust_end();
	CHECK(entry.word == (int)FUTEX_OWNER_DIED);
	return 0;
}

PROBE_RAW = {
	.about = "die with a lock pending, before it is linked into the list",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/robust_list.set_list_op_pending",
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
