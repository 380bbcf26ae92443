/* SPDX-License-Identifier: MIT */
/* futex/bit-each.c: of 32 who sleep at a word, each with a bit of its own,
 * each is woken by that bit, and by no other. */
#include "sleeper.h"

enum { BITS = 32 };

static int word;
static struct sleeper s[BITS];

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < BITS && !err; i++) {
		s[i].word = &word;
		s[i].op = FUTEX_WAIT_BITSET_PRIVATE;
		s[i].val3 = (int)(1u << i);
		err = sleeper_start(s + i);
	}
	return err;
}

static long wake(unsigned bits)
{
	return sys_futex(
		&word, FUTEX_WAKE_BITSET_PRIVATE, 99, NULL, NULL, (int)bits);
}

static int run(void)
{
	/* The last comes first, so that each has others before it. */
	for (int i = BITS - 1; i >= 0; i--) {
		CHECK_AT(i, wake(1u << i) == 1);
		CHECK_AT(i, !sleeper_result(s + i));
		CHECK_AT(i, wake(1u << i) == 0);
		for (int k = 0; k < i; k++)
			CHECK_AT(k, !s[k].ended);
	}
	return 0;
}

PROBE_RAW = {
	.about = "wake 32 sleepers of one word by a bit each",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
