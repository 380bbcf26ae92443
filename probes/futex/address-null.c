/* SPDX-License-Identifier: MIT */
/* futex/address-null.c: nothing is mapped at 0: whoever looks there fails; a
 * private wake does not look. */
#include "sleeper.h"

static int run(void)
{
	CHECK(sys_futex(NULL, FUTEX_WAIT, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(NULL, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(NULL, FUTEX_WAKE, 1, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(NULL, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 0);
	CHECK(sys_futex(NULL, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EFAULT);
	return 0;
}

PROBE_RAW = {
	.about = "wait and wake at address 0",
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "a private key is the address alone, so "
				"FUTEX_WAKE_PRIVATE answers 0 for memory that "
				"does not exist" },
	},
	.covers = "ltp/futex_wait06",
	.seen = { "Linux kernel/futex/core.c, get_futex_key" },
};
