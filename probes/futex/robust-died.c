/* SPDX-License-Identifier: MIT */
/* futex/robust-died.c: the kernel marks the robust futexes of a thread that
 * ends, and wakes one waiter. */
#include "robust.h"

static struct robust entry;

static void lay_list(void)
{
	entry.list.next = &head.list;
	head.list.next = &entry.list;
	entry.word = (int)(FUTEX_WAITERS | tid);
}

static int run(void)
{
	int was = entry.word;

	probe_open(&robust_go);
	while (entry.word == was)
		sys_futex(&entry.word, FUTEX_WAIT, was, NULL, NULL, 0);
	CHECK(entry.word == (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED));
	probe_join(&robust_done);
	return 0;
}

PROBE_RAW = {
	.about = "wait for a robust futex whose owner ends",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "a thread that the filter kills ends the same "
				"way: the kernel cleans up without a call "
				"(thread/killed-robust)" },
	},
	.covers = "kselftest/robust_list.robustness",
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
