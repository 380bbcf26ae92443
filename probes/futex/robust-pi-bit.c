/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-pi-bit.c: bit 0 of a list pointer says PI: the word is marked,
 * but its waiters are left to the PI code, which knows none here.
 */
#include "robust.h"

static struct robust entry;
static struct sleeper s = { .word = &entry.word, .op = FUTEX_WAIT };

static void lay_list(void)
{
	head.list.next = (void *)((char *)&entry + 1);
	entry.list.next = &head.list;
	entry.word = (int)(FUTEX_WAITERS | tid);
}

static int setup(void)
{
	int err = robust_start();

	s.val = entry.word;
	return err ? err : sleeper_start(&s);
}

static int run(void)
{
	robust_end();
	CHECK(entry.word == (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED));
	CHECK(sleeper_sleeps(&s));
	CHECK(sys_futex(&entry.word, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&s);
}

PROBE_RAW = {
	.about = "die with a lock in the list that is marked as PI, and a "
		 "plain sleeper on it",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/robust-futex-ABI.html",
		"Linux kernel/futex/core.c, handle_futex_death" },
};
