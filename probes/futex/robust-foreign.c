/* SPDX-License-Identifier: MIT */
/* futex/robust-foreign.c: words in a robust list that another thread owns are
 * left alone. */
#include "robust.h"

static struct robust entries[2];

static void lay_list(void)
{
	entries[0].list.next = &entries[1].list;
	entries[1].list.next = &head.list;
	head.list.next = &entries[0].list;
	entries[0].word = 1;
	entries[1].word = tid + 1;
}

static int run(void)
{
	robust_end();
	CHECK(entries[0].word == 1 && entries[1].word == tid + 1);
	return 0;
}

PROBE_RAW = {
	.about = "a list of words with other owners, at the death of its "
		 "owner",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, handle_futex_death" },
};
