/* SPDX-License-Identifier: MIT */
/* futex/private-hash-two.c: 64 sleepers at 64 words in two buckets of a private
 * hash: each is woken by its own word alone. */
#include "sleeper.h"

enum { SLEEPERS = 64 };

static int words[SLEEPERS];
static struct sleeper s[SLEEPERS];

static int setup(void)
{
	/* PR_FUTEX_HASH_SET_SLOTS: younger than the headers */
	int err = (int)-sys(__NR_prctl, 78, 1, 2, 0, 0);

	for (int i = 0; i < SLEEPERS && !err; i++) {
		s[i].word = words + i;
		s[i].op = FUTEX_WAIT_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static int run(void)
{
	for (int i = SLEEPERS - 1; i >= 0; i--) {
		CHECK_AT(i, sys_futex(words + i, FUTEX_WAKE_PRIVATE, 9, NULL,
				    NULL, 0) == 1);
		CHECK_AT(i, sleeper_result(s + i) == 0);
		for (int j = 0; j < i; j++)
			CHECK_AT(j, !s[j].ended);
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake one by one 64 sleepers that share two buckets",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "futex_hash",
	.expect = {
		{ WORKS, .why = "a small hash, set before arming, costs time "
				"and nothing else" },
	},
	.covers = "kselftest/futex_priv_hash",
	.seen = { "Linux kernel/futex/core.c, futex_match" },
};
