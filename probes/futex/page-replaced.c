/* SPDX-License-Identifier: MIT */
/*
 * futex/page-replaced.c: memory that goes away under its sleepers: a private
 * sleep belongs to the address, a shared one to the memory behind it.
 */
#include "sleeper.h"

enum { FIXED_SHARED = 0x31, SHARED = 0x21 }; /* with MAP_ANONYMOUS */

static int *page;
static struct sleeper a = { .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .op = FUTEX_WAIT };

static int setup(void)
{
	int err;

	page = (int *)sys_mmap(4096, 3, SHARED, -1, 0);
	if (sys_failed((long)page))
		return ENOMEM;
	a.word = b.word = page;
	err = sleeper_start(&a);
	if (!err)
		err = sleeper_start(&b);
	/* A second mapping keeps the old memory, the first gets new. */
	b.word2 = (int *)sys(__NR_mremap, page, 0, 4096, 1 /* MAYMOVE */);
	if (err || sys_failed((long)b.word2))
		return ENOMEM;
	sys(__NR_munmap, page, 4096);
#ifdef __NR_mmap2
	sys(__NR_mmap2, page, 4096, 3, FIXED_SHARED, -1, 0);
#else
	sys(__NR_mmap, page, 4096, 3, FIXED_SHARED, -1, 0);
#endif
	return 0;
}

static int run(void)
{
	CHECK(sys_futex(page, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(page, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&a) == 0 && sleeper_sleeps(&b));
	CHECK(sys_futex(b.word2, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&b);
}

PROBE_RAW = {
	.about = "sleep in a page, put another in its place, wake",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "nobody pins the page of a sleeper" },
	},
	.seen = { "Linux kernel/futex/core.c, get_futex_key" },
};
