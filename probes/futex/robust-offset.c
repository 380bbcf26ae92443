/* SPDX-License-Identifier: MIT */
/* futex/robust-offset.c: the offset is the program's: with it, a word
 * anywhere in its own memory is marked, if it holds the thread's id. */
#include "robust.h"

static struct robust entry;
static int target;

static void lay_list(void)
{
	head.futex_offset = (long)((char *)&target - (char *)&entry);
	head.list.next = &entry.list;
	entry.list.next = &head.list;
	target = tid;
}

static int run(void)
{
	robust_end();
	CHECK(target == (int)FUTEX_OWNER_DIED && entry.word == 0);
	return 0;
}

PROBE_RAW = {
	.about = "a robust list with an offset to elsewhere, at its owner's "
		 "death",
	.setup = robust_start,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, exit_robust_list" },
};
