/* SPDX-License-Identifier: MIT */
/* futex/wake-unchanged.c: a wake does not look at the word: it may have any
 * value. */
#include "sleeper.h"

static int word = 7;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT_PRIVATE, .val = 7 };

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	CHECK(word == 7);
	return 0;
}

PROBE_RAW = {
	.about = "wake a sleeper though the word never changed",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS, .why = "a return of 0 from FUTEX_WAIT is no proof "
				"that the word changed: waits go round a "
				"loop" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
