/* SPDX-License-Identifier: MIT */
/* futex/robust-died.c: the kernel marks the robust futexes of a thread that
 * ends, and wakes one waiter. */
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
	entries[0].list.next = &head.list;
	head.list.next = &entries[0].list;
	entries[0].word = (int)(FUTEX_WAITERS | tid);
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
	int was = (int)(FUTEX_WAITERS | tid);

	probe_open(&go);
	while (entries[0].word == was)
		sys_futex(&entries[0].word, FUTEX_WAIT, was, NULL, NULL, 0);
	CHECK(entries[0].word == (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED));
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "wait for a robust futex whose owner ends",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "a thread that the filter kills ends the same way: the kernel cleans up without a call" },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html", "Linux kernel/futex/core.c, exit_robust_list" },
};
