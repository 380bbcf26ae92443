/* SPDX-License-Identifier: MIT */
/*
 * futex/file-beyond.c: a mapping beyond the end of its file: a load there is
 * SIGBUS, a futex operation EFAULT, and a private wake does not notice.
 */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *page;

static int setup(void)
{
	long fd = sys(__NR_open, "empty", O_RDWR_CREAT, 0600);

	if (fd < 0)
		return EIO;
	page = (int *)sys_mmap(4096, 3, 1 /* MAP_SHARED */, fd, 0);
	return sys_failed((long)page) ? ENOMEM : 0;
}

static int run(void)
{
	CHECK(sys_futex(page, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAIT, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAKE, 1, NULL, NULL, 0) == -EFAULT);
	CHECK(sys_futex(page, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "futex operations in a mapping of an empty file",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "the four calls can ask whether an address may "
				"be touched without a handler for SIGSEGV or "
				"SIGBUS: EFAULT, or the word's comparison" },
	},
	.covers = "ltp/futex_wake05",
	.seen = { "Linux kernel/futex/core.c, get_futex_key, "
		  "futex_get_value_locked",
		"https://man7.org/linux/man-pages/man2/mmap.2.html" },
};
