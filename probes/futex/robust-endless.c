/* SPDX-License-Identifier: MIT */
/* futex/robust-endless.c: a robust list in a circle is left after 2048 steps:
 * the thread ends all the same. */
#include "robust.h"

static struct robust entries[2];

static void lay_list(void)
{
	entries[0].list.next = &entries[1].list;
	entries[1].list.next = &entries[0].list;
	head.list.next = &entries[0].list;
	entries[0].word = entries[1].word = tid;
}

static int run(void)
{
	robust_end();
	CHECK(entries[0].word == (int)FUTEX_OWNER_DIED);
	CHECK(entries[1].word == (int)FUTEX_OWNER_DIED);
	return 0;
}

PROBE_RAW = {
	.about = "a circular robust list, at the death of its owner",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "ROBUST_LIST_LIMIT, see futex/robust-limit" },
	},
	.covers = "kselftest/robust_list.circular_robust_list",
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
