/* SPDX-License-Identifier: MIT */
/* futex/private-shared.c: private and shared are two worlds, also on one
 * word. */
#include "sleeper.h"

static int *word;
static struct sleeper a = { .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .op = FUTEX_WAIT };

static int setup(void)
{
	int err;

	word = probe_shared();
	if (!word)
		return ENOMEM;
	a.word = b.word = word;
	err = sleeper_start(&a);
	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	CHECK(sys_futex(word, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&b) == 0);
	CHECK(sleeper_sleeps(&a));
	CHECK(sys_futex(word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&a) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "a private sleeper and a shared one on one word: each "
		 "wake finds its own",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.covers = "gvisor/WakeWrongKind",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
