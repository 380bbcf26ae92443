/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-pi-taken.c: who waits for the PI lock of a thread that dies gets
 * it, and sees in the word that its owner died.
 */
#include "robust.h"

static struct robust entry;
static struct sleeper s = { .word = &entry.word, .op = FUTEX_LOCK_PI_PRIVATE };
static int leave;

static void lay_list(void)
{
	sys_futex(&entry.word, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	head.list.next = (void *)((char *)&entry + 1);
	entry.list.next = &head.list;
}

static int setup(void)
{
	int err = robust_start();

	s.leave = &leave;
	return err ? err : sleeper_start(&s);
}

static int run(void)
{
	CHECK(entry.word == (int)(FUTEX_WAITERS | tid));
	robust_end();
	CHECK(sleeper_result(&s) == 0);
	CHECK((entry.word & FUTEX_TID_MASK) == s.tid);
	CHECK(entry.word & FUTEX_OWNER_DIED);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "die with a PI lock in the robust list, and a waiter for it",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://docs.kernel.org/locking/pi-futex.html",
		"Linux kernel/futex/pi.c, __fixup_pi_state_owner" },
};
