/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-pending-taken.c: a woken thread that dies before it takes the
 * lock: another has it by now, without the waiters' mark. The wake goes on.
 */
#include "robust.h"

enum { OTHER = 1 }; /* an owner that is not the thread */

static struct robust entry;
static struct sleeper s = {
	.word = &entry.word, .op = FUTEX_WAIT, .val = OTHER
};

static void lay_list(void)
{
	head.list_op_pending = &entry.list;
	entry.word = OTHER;
}

static int setup(void)
{
	int err = robust_start();

	return err ? err : sleeper_start(&s);
}

static int run(void)
{
	robust_end();
	CHECK(sleeper_result(&s) == 0);
	CHECK(entry.word == OTHER);
	return 0;
}

PROBE_RAW = {
	.about = "die with a pending lock that another thread holds, at which "
		 "a third one sleeps",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "since Linux 6.2, and in stable kernels: "
				"before, the third slept on" },
	},
	.seen = { "https://git.kernel.org/linus/90d758896787",
		"Linux kernel/futex/core.c, handle_futex_death" },
};
