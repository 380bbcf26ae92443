/* SPDX-License-Identifier: MIT */
/* futex/page-readonly.c: a read-only page: private waits read, what writes
 * fails, and a shared wait needs a page to name. */
#include "sleeper.h"

static int *page, *written, word;
static const struct sys_timespec zero;

static int setup(void)
{
	long at = sys_mmap(4096, 1, 0x22, -1, 0);

	page = (int *)at;
	if (sys_failed(at))
		return ENOMEM;
	at = sys_mmap(4096, 3, 0x22, -1, 0);
	if (sys_failed(at))
		return ENOMEM;
	written = (int *)at;
	*written = 0;
	return (int)-sys(__NR_mprotect, written, 4096, 1);
}

static int run(void)
{
	CHECK(sys_futex(page, FUTEX_WAIT_PRIVATE, 0, &zero, NULL, 0) ==
		-ETIMEDOUT);
	CHECK(sys_futex(page, FUTEX_WAIT, 0, &zero, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAKE, 1, NULL, NULL, 0) == -EFAULT);
	/* Of its own since it was written, and not to be written again. */
	CHECK(sys_futex(written, FUTEX_WAIT_PRIVATE, 0, &zero, NULL, 0) ==
		-ETIMEDOUT);
	CHECK(sys_futex(written, FUTEX_WAIT, 0, &zero, NULL, 0) == -EFAULT);
	CHECK(sys_futex(written, FUTEX_WAKE, 1, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) ==
		-EFAULT);
	CHECK(sys_futex(&word, FUTEX_WAKE_OP_PRIVATE, 1, (void *)1, page,
		      FUTEX_OP(FUTEX_OP_SET, 1, 0, 0)) == -EFAULT);
	return 0;
}

PROBE_RAW = {
	.about = "futex operations in a read-only page of anonymous memory",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "read-only anonymous pages have no shared "
				"key: a write would make another page of it" },
	},
	.seen = { "https://git.kernel.org/linus/9ea71503a8ed" },
};
