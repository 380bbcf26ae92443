/* SPDX-License-Identifier: MIT */
/* futex/robust-offset.c: the offset is the program's: with it, a word
 * anywhere in its own memory is marked, if it holds the thread's id. */
#include "sleeper.h"

struct entry {
	struct robust_list list;
	int word;
};

static struct entry entries[4];
static struct robust_list_head head = {
	.list = { &head.list },
	.futex_offset = offsetof(struct entry, word),
};
static int done, ready, go, tid;
static int target;

static void owner(void *arg)
{
	(void)arg;
	tid = (int)sys(__NR_gettid);
	sys(__NR_set_robust_list, &head, sizeof(head));
	head.futex_offset = (long)((char *)&target - (char *)&entries[0]);
	head.list.next = &entries[0].list;
	entries[0].list.next = &head.list;
	target = tid;
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
	probe_open(&go);
	probe_join(&done);
	CHECK(target == (int)FUTEX_OWNER_DIED);
	return 0;
}

PROBE_RAW = {
	.about = "a robust list with a huge offset, at its owner's death",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html", "Linux kernel/futex/core.c, exit_robust_list" },
};
