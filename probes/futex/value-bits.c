/* SPDX-License-Identifier: MIT */
/* futex/value-bits.c: a compared value has 32 bits, and each of them counts. */
#include "sleeper.h"

static const unsigned int bases[] = { 0, 0xffffffff, 0x55555555, 0x80000000 };
static int word, word2;
static struct sys_timespec past;

/* What an operation that compares the word with VAL answers. */
static long compare(int i, int val)
{
	static const int waits[] = { FUTEX_WAIT, FUTEX_WAIT_PRIVATE,
		FUTEX_WAIT_BITSET_PRIVATE, FUTEX_WAIT_REQUEUE_PI_PRIVATE };
	static const int moves[] = { FUTEX_CMP_REQUEUE_PRIVATE,
		FUTEX_CMP_REQUEUE_PI_PRIVATE };

	if (i < 4)
		return sys_futex(&word, waits[i], val, &past, &word2, -1);
	return sys_futex(&word, moves[i - 4], 1, NULL, &word2, val);
}

static bool requeues_pi;

static int setup(void)
{
	requeues_pi = sleeper_requeue_pi();
	return 0;
}

static int run(void)
{
	for (int b = 0; b < 4; b++) {
		word = (int)bases[b];
		for (int i = 0; i < 6; i++) {
			if ((i == 3 || i == 5) && !requeues_pi)
				continue;
			CHECK_AT(i,
				compare(i, word) == (i < 4 ? -ETIMEDOUT : 0));
			for (int bit = 0; bit < 32; bit++)
				CHECK_AT(bit,
					compare(i, word ^ (int)(1u << bit)) ==
						-EAGAIN);
		}
		CHECK(word == (int)bases[b] && !word2);
	}
	return 0;
}

PROBE_RAW = {
	.about = "compare a word with what differs from it in one bit",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: \"a futex "
		  "is a 32-bit value\"",
		"Linux kernel/futex/waitwake.c, futex_wait_setup",
		"Linux kernel/futex/requeue.c, futex_requeue: cmpval" },
};
