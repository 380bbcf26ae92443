/* SPDX-License-Identifier: MIT */
/* futex/private-anon.c: a shared wake does not find a private sleeper, even
 * in memory that nobody shares. */
#include "sleeper.h"

static int word;
static struct sleeper s = { .word = &word, .op = FUTEX_WAIT_PRIVATE };

static int setup(void)
{
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "a private sleeper in a static word, and a shared wake",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS, .why = "a shared key in anonymous memory is marked "
				"FUT_OFF_MMSHARED: same memory, same address, "
				"another key" },
	},
	.covers = "ltp/futex_wait03 kselftest/futex_wait.private "
		  "gvisor/Wait_Zero",
	.seen = { "Linux kernel/futex/core.c, get_futex_key",
		"Linux include/linux/futex.h, "
		"FUT_OFF_MMSHARED" },
};
