/* SPDX-License-Identifier: MIT */
/* futex/file-pages.c: two pages of a file are two for shared futexes, also
 * where the words lie at the same place in them. */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *words;
static struct sleeper s = { .op = FUTEX_WAIT };

static int setup(void)
{
	long fd = sys(__NR_open, "words", O_RDWR_CREAT, 0600), at;

	if (fd < 0 || sys(__NR_ftruncate, fd, 8192))
		return EIO;
	at = sys_mmap(8192, 3, 1, (int)fd, 0);
	sys(__NR_close, fd);
	sys(__NR_unlink, "words");
	if (sys_failed(at))
		return ENOMEM;
	words = (int *)at;
	s.word = words;
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(words + 1024, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(words, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&s);
}

PROBE_RAW = {
	.about = "sleep on a page of a file, wake on the next",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, get_futex_key: shared.pgoff" },
};
