/* SPDX-License-Identifier: MIT */
/* futex/robust-pending.c: the lock that was being taken counts too:
 * list_op_pending. */
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
	head.list_op_pending = &entries[2].list;
	entries[2].word = tid;
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
	CHECK(entries[2].word == (int)FUTEX_OWNER_DIED);
	return 0;
}

PROBE_RAW = {
	.about = "die with a lock pending, before it is linked into the list",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html", "Linux kernel/futex/core.c, exit_robust_list" },
};
