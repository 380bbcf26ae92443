/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-unaligned.c: words that are not aligned are no futexes:
 * nothing is marked, and the walk ends at the first.
 */
#include "robust.h"

static struct robust entries[3]; /* the last is room */

static void *there(int i)
{
	return (char *)&entries[i].word + 2;
}

static void lay_list(void)
{
	head.futex_offset += 2;
	entries[0].list.next = &entries[1].list;
	entries[1].list.next = &head.list;
	head.list.next = &entries[0].list;
	/* What lies there is the owner's, all the same. */
	for (int i = 0; i < 2; i++)
		__builtin_memcpy(there(i), &tid, sizeof(tid));
}

static int run(void)
{
	robust_end();
	for (int i = 0; i < 2; i++)
		CHECK_AT(i, !__builtin_memcmp(there(i), &tid, sizeof(tid)));
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
