/* SPDX-License-Identifier: MIT */
/* futex/page-none.c: a page without rights: a wait fails, a private wake does
 * not notice. */
#include "sleeper.h"

static int *page;

static int setup(void)
{
	long at = sys_mmap(4096, 0, 0x22, -1, 0);

	page = (int *)at;
	return sys_failed(at) ? ENOMEM : 0;
}

static int run(void)
{
	CHECK(sys_futex(page, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAIT, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAKE, 1, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 0);
	CHECK(sys_futex(page, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EFAULT);
	return 0;
}

PROBE_RAW = {
	.about = "futex operations in a PROT_NONE page",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_wait06 ltp/futex_wake05",
	.seen = { "Linux kernel/futex/core.c, get_futex_key" },
};
