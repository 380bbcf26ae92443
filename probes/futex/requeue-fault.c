/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-fault.c: two words, either of which is no memory: EFAULT, but
 * for a private one whose value nobody asks for.
 */
#include "sleeper.h"

static int word = 5;
static void *none, *gone;

static int setup(void)
{
	long a = sys_mmap(4096, 0, 0x22, -1, 0);
	long b = sys_mmap(4096, 3, 0x22, -1, 0);

	if (sys_failed(a) || sys_failed(b) || sys(__NR_munmap, b, 4096))
		return ENOMEM;
	none = (void *)a;
	gone = (void *)b;
	return 0;
}

static long move(int op, void *from, void *to)
{
	return sys_futex(from, op, 1, (void *)1, to, 5);
}

static int try(int row, void *bad)
{
	CHECK_AT(row, move(FUTEX_CMP_REQUEUE, bad, &word) == -EFAULT);
	CHECK_AT(row, move(FUTEX_CMP_REQUEUE, &word, bad) == -EFAULT);
	CHECK_AT(row, move(FUTEX_REQUEUE, bad, &word) == -EFAULT);
	CHECK_AT(row, move(FUTEX_REQUEUE, &word, bad) == -EFAULT);
	CHECK_AT(row, move(FUTEX_CMP_REQUEUE_PRIVATE, bad, &word) == -EFAULT);
	CHECK_AT(row, move(FUTEX_CMP_REQUEUE_PRIVATE, &word, bad) == 0);
	CHECK_AT(row, move(FUTEX_REQUEUE_PRIVATE, bad, &word) == 0);
	CHECK_AT(
		row, move(FUTEX_CMP_REQUEUE_PI_PRIVATE, bad, &word) == -EFAULT);
	CHECK_AT(row, move(FUTEX_WAKE_OP, bad, &word) == -EFAULT);
	CHECK_AT(row, move(FUTEX_WAKE_OP_PRIVATE, &word, bad) == -EFAULT);
	return 0;
}

static int run(void)
{
	int err = try(1, none);

	if (!err)
		err = try(2, gone);
	CHECK(err || move(FUTEX_CMP_REQUEUE_PRIVATE, &word, (void *)-4096) ==
			     -EFAULT);
	return err;
}

PROBE_RAW = {
	.about = "requeue from and to memory that is not there, or not readable",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "!i386",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_cmp_requeue03",
	.seen = { "Linux kernel/futex/core.c, get_futex_key: access_ok, "
		  "get_user_pages_fast",
		"https://man7.org/linux/man-pages/man2/futex.2.html: EFAULT" },
};
