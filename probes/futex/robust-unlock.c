/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-unlock.c: since Linux 7.2 a flag makes WAKE, WAKE_BITSET and
 * UNLOCK_PI unlock: they store 0 to the word and to the address in the place of
 * the second word, eight bytes of it. Those of four: futex/robust-unlock32.
 */
#include "sleeper.h"

/* Younger than the headers. */
#define UNLOCK 0x200 /* FUTEX_ROBUST_UNLOCK */

enum { LOCKED = 0x40000001 };

static const int ops[] = { FUTEX_WAKE_PRIVATE, FUTEX_WAKE_BITSET_PRIVATE,
	FUTEX_UNLOCK_PI_PRIVATE };
static int words[2], tid;
static struct sleeper s[2];
static long none;

static int setup(void)
{
	int err = 0;

	for (int i = 0; i < 2 && !err; i++) {
		words[i] = LOCKED;
		s[i].word = words + i;
		s[i].op = FUTEX_WAIT_PRIVATE;
		s[i].val = LOCKED;
		err = sleeper_start(s + i);
	}
	tid = (int)sys(__NR_gettid);
	none = sys_mmap(4096, 0, 0x22, -1, 0);
	return sys_failed(none) ? ENOMEM : err;
}

static long unlock(volatile int *word, int op, volatile void *pending)
{
	return sys_futex(word, op | UNLOCK, 1, NULL, pending, -1);
}

static int try(int i)
{
	volatile uint64_t pending = 0x1122334455667788;
	int lock = tid, *word = i < 2 ? words + i : &lock;

	CHECK_AT(i, unlock(word, ops[i], &pending) == (i < 2));
	CHECK_AT(i, *word == 0);
	CHECK_AT(i, pending == 0);
	return i < 2 ? (int)-sleeper_result(s + i) : 0;
}

static int run(void)
{
	uint64_t pending = 1;
	int word = 1;

	for (int i = 0; i < 3; i++) {
		int err = try(i);

		if (err)
			return err;
	}
	CHECK(unlock(&word, FUTEX_WAKE_PRIVATE, (void *)none) == -EFAULT);
	for (int op = 0; op < 14; op++)
		if (op != FUTEX_WAKE && op != FUTEX_WAKE_BITSET &&
			op != FUTEX_UNLOCK_PI)
			CHECK_AT(op, unlock(&word, op, &pending) == -ENOSYS);
	CHECK(pending == 1);
	return 0;
}

PROBE_RAW = {
	.about = "unlock and wake by one call, with FUTEX_ROBUST_UNLOCK",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake",
	.has = "robust_unlock",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake", .why =
			"its mask lets pass the flags that were known when it "
			"was written; one of the low seven bits alone "
			"lets WAKE store to two addresses" },
		{ WORKS },
	},
	.covers = "kselftest/robust_list.futex_robust_unlock "
		  "syzkaller/futex_unlock_wake_list "
		  "syzkaller/futex_unlock_pi_list",
	.seen = { "Linux 7.2 kernel/futex/syscalls.c, do_futex",
		"Linux 7.2 kernel/futex/waitwake.c, futex_robust_unlock",
		"Linux 7.2 Documentation/locking/robust-futexes.rst" },
};
