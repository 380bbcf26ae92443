/* SPDX-License-Identifier: MIT */
/* futex/requeue-pi.c: a waiter of FUTEX_WAIT_REQUEUE_PI that is moved to a
 * free PI futex owns it. */
#include "sleeper.h"

static int word, lock, leave;
static struct sleeper s = { .word = &word,
	.op = FUTEX_WAIT_REQUEUE_PI_PRIVATE,
	.word2 = &lock,
	.leave = &leave };

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1, (void *)9,
		      &lock, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	CHECK((lock & FUTEX_TID_MASK) == s.tid);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "requeue a waiter to a free PI futex",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake",
	.has = "requeue_pi",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/requeue.c" },
};
