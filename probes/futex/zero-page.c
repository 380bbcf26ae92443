/* SPDX-License-Identifier: MIT */
/* futex/zero-page.c: a page that nobody wrote to holds words like any other:
 * to sleep on, to lock, to compare. */
#include "sleeper.h"

enum { PAGES = 6 };

static volatile int *pages[PAGES];
static struct sleeper private = { .op = FUTEX_WAIT_PRIVATE },
		      shared = { .op = FUTEX_WAIT };
static int sum;

static int setup(void)
{
	int err;

	for (int i = 0; i < PAGES; i++) {
		long at = sys_mmap(4096, 3, 0x22, -1, 0);

		if (sys_failed(at))
			return ENOMEM;
		pages[i] = (volatile int *)at;
	}
	private.word = pages[0];
	shared.word = pages[1];
	sum = *pages[2]; /* read: the zero page itself is mapped */
	err = sleeper_start(&private);
	return err ? err : sleeper_start(&shared);
}

static int run(void)
{
	struct sys_timespec now = { 0 };

	CHECK(sys_futex(pages[0], FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sys_futex(pages[1], FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(!sleeper_result(&private) && !sleeper_result(&shared));
	for (int i = 2; i < 4; i++) {
		CHECK_AT(i, sys_futex(pages[i], FUTEX_WAIT, 1, NULL, NULL, 0) ==
				    -EAGAIN);
		CHECK_AT(i, sys_futex(pages[i], FUTEX_WAIT, 0, &now, NULL, 0) ==
				    -ETIMEDOUT);
		CHECK_AT(i, sys_futex(pages[i] + 1, FUTEX_WAIT_PRIVATE, 0, &now,
				    NULL, 0) == -ETIMEDOUT);
	}
	CHECK(sys_futex(pages[4], FUTEX_LOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(*pages[4] != 0);
	CHECK(sys_futex(pages[4], FUTEX_UNLOCK_PI, 0, NULL, NULL, 0) == 0);
	CHECK(sys_futex(pages[0], FUTEX_WAKE_OP_PRIVATE, 0, NULL, pages[5],
		      FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_EQ, 0)) == 0);
	CHECK(*pages[5] == 3 && !*pages[4] && !*pages[2] && !sum);
	return 0;
}

PROBE_RAW = {
	.about = "futex operations in pages that were never touched, or read alone",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "page faults need no call" },
	},
	.covers = "ltp/futex_wait04 "
		  "kselftest/futex_wait_uninitialized_heap",
	.seen = { "Linux kernel/futex/core.c, get_futex_key",
		"Linux kernel/futex/core.c, fault_in_user_writeable" },
};
