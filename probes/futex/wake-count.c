/* SPDX-License-Identifier: MIT */
/* futex/wake-count.c: a wake wakes as many as it says, and returns how many.
 * */
#include "sleeper.h"

static int word;
static struct sleeper s[3];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < 3 && !err; i++) {
		s[i].word = &word;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	int woken = 0;

	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 2, NULL, NULL, 0) == 2);
	for (int i = 0; i < 3; i++)
		woken += !sleeper_sleeps(s + i);
	CHECK(woken <= 2);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 0x7fffffff, NULL, NULL, 0) ==
		1);
	for (int i = 0; i < 3; i++)
		CHECK(sleeper_result(s + i) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "wake 2 of three sleepers, then the rest",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.covers = "gvisor/Wake1 gvisor/WakeAll gvisor/WakeSome",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
