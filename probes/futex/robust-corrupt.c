/* SPDX-License-Identifier: MIT */
/* futex/robust-corrupt.c: a robust list that leads nowhere ends the walk, not
 * the kernel; what stands before is marked, what is pending is looked at. */
#include "robust.h"

static struct robust entry;

static void lay_list(void)
{
	head.list.next = &entry.list;
	entry.list.next = (void *)-4096L;
	entry.word = tid;
	head.list_op_pending = (void *)8;
}

static int run(void)
{
	robust_end();
	CHECK(entry.word == (int)FUTEX_OWNER_DIED);
	return 0;
}

PROBE_RAW = {
	.about = "a list into kernel addresses with a pending lock at no "
		 "address, at its owner's death",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the next pointer is read first, but an "
				"unreadable one ends the walk only after this "
				"entry is marked" },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
