/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-limit.c: of a long robust list the kernel marks 2048 entries:
 * the locks beyond stay locked by a thread that is gone.
 */
#include "robust.h"

enum { ENTRIES = 2100 };

static struct robust entries[ENTRIES + 1];

static void lay_list(void)
{
	head.list.next = &entries[0].list;
	for (int i = 0; i < ENTRIES; i++) {
		entries[i].list.next = &entries[i + 1].list;
		entries[i].word = tid;
	}
	entries[ENTRIES].list.next = &head.list;
}

static int run(void)
{
	int marked = 0;

	robust_end();
	while (entries[marked].word == (int)FUTEX_OWNER_DIED)
		marked++;
	probe_value(marked);
	CHECK(marked == 2048 && entries[marked].word == tid);
	return 0;
}

PROBE_RAW = {
	.about = "end a thread that holds 2100 robust locks",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "ROBUST_LIST_LIMIT bounds the walk: the first "
				"2048 locks "
				"are marked, the rest never" },
	},
	.seen = { "Linux include/uapi/linux/futex.h, ROBUST_LIST_LIMIT",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
