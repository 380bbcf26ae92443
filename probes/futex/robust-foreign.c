/* SPDX-License-Identifier: MIT */
/* futex/robust-foreign.c: words in a robust list that another thread owns are
 * left alone. */
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

static void owner(void *arg)
{
	(void)arg;
	tid = (int)sys(__NR_gettid);
	sys(__NR_set_robust_list, &head, sizeof(head));
	entries[0].list.next = &entries[1].list;
	entries[1].list.next = &head.list;
	head.list.next = &entries[0].list;
	entries[0].word = 1;
	entries[1].word = tid + 1;
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
	CHECK(entries[0].word == 1 && entries[1].word == tid + 1);
	return 0;
}

PROBE_RAW = {
	.about = "a list of words with other owners, at the death of its owner",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html", "Linux kernel/futex/core.c, exit_robust_list" },
};
