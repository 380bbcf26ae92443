/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-limit.c: of a long robust list the kernel marks 2048 entries:
 * the locks beyond stay locked by a thread that is gone.
 */
#include "sleeper.h"

enum { ENTRIES = 2100 };

static struct {
	struct robust_list list;
	int word;
} entries[ENTRIES];
static struct robust_list_head head = {
	.futex_offset = (long)sizeof(struct robust_list),
};
static int done, ready, go, tid;

static void owner(void *arg)
{
	(void)arg;
	tid = (int)sys(__NR_gettid);
	head.list.next = &entries[0].list;
	for (int i = 0; i < ENTRIES; i++) {
		entries[i].list.next =
			i + 1 < ENTRIES ? &entries[i + 1].list : &head.list;
		entries[i].word = tid;
	}
	sys(__NR_set_robust_list, &head, sizeof(head));
	probe_open(&ready);
	probe_pass(&go);
}

static int setup(void)
{
	long id = probe_thread(owner, NULL, &done);

	if (id < 0)
		return (int)-id;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	int marked = 0;

	probe_open(&go);
	probe_join(&done);
	while (marked < ENTRIES && entries[marked].word != tid)
		CHECK(entries[marked++].word == (int)FUTEX_OWNER_DIED);
	probe_value(marked);
	CHECK(marked == 2048);
	return 0;
}

PROBE_RAW = {
	.about = "end a thread that holds 2100 robust locks",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "ROBUST_LIST_LIMIT bounds the walk: the newest "
				"2048 locks are marked, the rest never" },
	},
	.seen = { "Linux include/uapi/linux/futex.h, ROBUST_LIST_LIMIT",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
