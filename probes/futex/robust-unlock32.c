/* SPDX-License-Identifier: MIT */
/* futex/robust-unlock32.c: with FUTEX_ROBUST_LIST32 as well the kernel's unlock
 * stores 0 to four bytes of the second address, not to eight. */
#include "sleeper.h"

/* Younger than the headers: FUTEX_ROBUST_UNLOCK | FUTEX_ROBUST_LIST32. */
#define UNLOCK32 0x600

enum { LOCKED = 0x40000001 };

static const int ops[] = { FUTEX_WAKE_PRIVATE, FUTEX_WAKE_BITSET_PRIVATE,
	FUTEX_UNLOCK_PI_PRIVATE };
static int words[2], tid;
static struct sleeper s[2];

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
	return err;
}

static int run(void)
{
	for (int i = 0; i < 3; i++) {
		volatile uint64_t pending = 0x1122334455667788;
		int lock = tid, *word = i < 2 ? words + i : &lock;

		CHECK_AT(i, sys_futex(word, ops[i] | UNLOCK32, 1, NULL,
				    &pending, -1) == (i < 2));
		CHECK_AT(i, *word == 0);
		/* The four that come first: the lower half. */
		CHECK_AT(i, pending == 0x1122334400000000);
		if (i < 2 && sleeper_result(s + i))
			return (int)-s[i].result;
	}
	return 0;
}

PROBE_RAW = {
	.about = "the same with FUTEX_ROBUST_LIST32: four bytes are stored to",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake",
	.has = "robust_list32",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.covers = "kselftest/robust_list.futex_robust_unlock",
	.seen = { "Linux 7.2 kernel/futex/core.c, "
		  "futex_robust_list_clear_pending" },
};
