/* SPDX-License-Identifier: MIT */
/* futex/cmp-requeue-same.c: a requeue onto the same word moves nobody away.
 * */
#include "sleeper.h"

static int word;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, 0, (void *)9, &word,
		      0) == 1);
	CHECK(sleeper_sleeps(&s));
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "compare-and-requeue a sleeper onto its own word",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "harmless for plain futexes; the PI form "
				"refuses it, see cve-2014-3153" },
	},
	.seen = { "Linux kernel/futex/requeue.c, futex_requeue" },
};
