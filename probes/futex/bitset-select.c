/* SPDX-License-Identifier: MIT */
/* futex/bitset-select.c: a wake reaches the sleepers whose bits it names. */
#include "sleeper.h"

#define BIT31 (-0x7fffffff - 1)

static int word;
static struct sleeper a = {
	.word = &word, .op = FUTEX_WAIT_BITSET_PRIVATE, .val3 = 1
};
static struct sleeper b = {
	.word = &word, .op = FUTEX_WAIT_BITSET_PRIVATE, .val3 = BIT31
};

static long wake(int bits)
{
	return sys_futex(&word, FUTEX_WAKE_BITSET_PRIVATE, 9, NULL, NULL, bits);
}

static int setup(void)
{
	int err = sleeper_start(&a);

	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	CHECK(wake(4) == 0);
	CHECK(wake(BIT31) == 1);
	CHECK(sleeper_result(&b) == 0);
	CHECK(sleeper_sleeps(&a));
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&a) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "two sleepers on one word, woken by their bits, 0 and 31",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "ltp/futex_wait_bitset01 gvisor/WaitBitset_Wait "
		  "gvisor/WaitWake_Bitset",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
