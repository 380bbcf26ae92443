/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-unaligned.c: words that are not aligned are no futexes:
 * nothing is marked, and the walk ends at the first.
 */
#include "robust.h"

static struct robust entries[2];

static void lay_list(void)
{
	head.futex_offset += 2;
	entries[0].list.next = &entries[1].list;
	entries[1].list.next = &head.list;
	head.list.next = &entries[0].list;
	entries[0].word = entries[1].word = tid;
}

static int run(void)
{
	robust_end();
	CHECK(entries[0].word == tid && entries[1].word == tid);
	return 0;
}

PROBE_RAW = {
	.about = "die with a list whose offset is 2 bytes off",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, handle_futex_death" },
};
