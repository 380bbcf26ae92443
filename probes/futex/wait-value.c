/* SPDX-License-Identifier: MIT */
/* futex/wait-value.c: a wait whose word has another value ends at once. */
#include "sleeper.h"

static int word = 5;

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_WAIT_PRIVATE, 6, NULL, NULL, 0) ==
		-EAGAIN);
	CHECK(sys_futex(&word, FUTEX_WAIT, 6, NULL, NULL, 0) == -EAGAIN);
	return 0;
}

PROBE_RAW = {
	.about = "wait for a value that the word has not, private and shared",
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.covers = "ltp/futex_wait01 kselftest/futex_wait_wouldblock "
		  "gvisor/Wait_WrongVal",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/waitwake.c, "
		"futex_wait_setup" },
};
