/* SPDX-License-Identifier: MIT */
/* futex/robust-corrupt.c: a robust list that leads nowhere ends the walk, not
 * the kernel. */
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
	head.list.next = &entries[0].list;
	entries[0].list.next = (void *)-4096L;
	entries[0].word = tid;
	head.list_op_pending = (void *)8;
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
	CHECK(entries[0].word == (int)FUTEX_OWNER_DIED ||
		entries[0].word == tid);
	probe_value(entries[0].word == tid);
	return 0;
}

PROBE_RAW = {
	.about = "a list into unmapped, kernel and unaligned addresses, at its owner's death",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html", "Linux kernel/futex/core.c, exit_robust_list" },
};
