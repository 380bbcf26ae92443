/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-unlock32-none.c: a kernel built without CONFIG_COMPAT, such as a
 * user-mode Linux, takes FUTEX_ROBUST_LIST32, unlocks the word, and only then
 * answers EFAULT: the second word stays, and nobody was woken.
 */
#include "sleeper.h"

/* Younger than the headers: FUTEX_ROBUST_UNLOCK | FUTEX_ROBUST_LIST32. */
#define UNLOCK32 0x600

enum { LOCKED = 0x40000001 };

static int word = LOCKED;
static volatile uint64_t pending = 1;
static struct sleeper s = {
	.word = &word, .op = FUTEX_WAIT_PRIVATE, .val = LOCKED
};

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	static const int ops[] = { FUTEX_WAKE_PRIVATE,
		FUTEX_WAKE_BITSET_PRIVATE };

	for (int i = 0; i < 2; i++) {
		word = LOCKED;
		CHECK_AT(i, sys_futex(&word, ops[i] | UNLOCK32, 1, NULL,
				    &pending, -1) == -EFAULT);
		CHECK_AT(i, word == 0);
		CHECK_AT(i, pending == 1);
		CHECK_AT(i, sleeper_sleeps(&s));
	}
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&s);
}

PROBE_RAW = {
	.about = "FUTEX_ROBUST_LIST32 where the kernel has no 32-bit programs: "
		 "unlocked, not woken, EFAULT",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake",
	.has = "robust_unlock !robust_list32",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "Linux 7.2 kernel/futex/core.c, "
		  "compat_robust_list_clear_pending without CONFIG_COMPAT",
		"Linux 7.2 kernel/futex/waitwake.c, futex_robust_unlock" },
};
