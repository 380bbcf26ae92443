/* SPDX-License-Identifier: MIT */
/*
 * futex/private-hash.c: since Linux 6.16 a process has a hash of its own for
 * its private futexes, and may set its size; who sleeps is found in any size.
 */
#include "sleeper.h"

/* Younger than the headers. */
#define PR_FUTEX_HASH 78
enum { SET = 1, GET = 2 };

static int word;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT_PRIVATE };
static long before, behind;

static long hash(int what, long slots)
{
	return sys(__NR_prctl, PR_FUTEX_HASH, what, slots, 0, 0);
}

static int setup(void)
{
	int err;

	before = hash(GET, 0);
	err = sleeper_start(&s);
	behind = hash(GET, 0);
	return err;
}

static int run(void)
{
	static const int none[] = { 1, 3, 15, 33, 1000 };

	for (int i = 0; i < 5; i++)
		CHECK_AT(none[i], hash(SET, none[i]) == -EINVAL);
	CHECK(before == 0);
	CHECK(behind >= 16 && !(behind & (behind - 1)));
	CHECK(hash(SET, 1 << 29) == -ENOMEM);
	CHECK(hash(GET, 0) == behind);
	for (int slots = 2; slots <= 32; slots *= 2) {
		CHECK_AT(slots, hash(SET, slots) == 0);
		CHECK_AT(slots, hash(GET, 0) == slots);
	}
	CHECK(hash(SET, 0) == 0 && hash(GET, 0) == 0);
	CHECK(hash(SET, 2) == -EBUSY);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&s);
}

PROBE_RAW = {
	.about = "set the size of the private hash to each that is one, and wake "
		 "who slept before",
	.setup = setup,
	.run = run,
	.under = "four-process four+prctl",
	.has = "futex_hash",
	.expect = {
		{ WORKS, .under = "four+prctl", .why =
			"0 is the hash that all processes share, for ever" },
		{ DIES("prctl"), .why = "the kernel makes one with the first "
					"thread, without being asked" },
	},
	.covers = "kselftest/futex_priv_hash",
	.seen = { "https://man7.org/linux/man-pages/man2/PR_FUTEX_HASH.2const.html",
		"Linux kernel/futex/core.c, futex_hash_allocate" },
};
