/* SPDX-License-Identifier: MIT */
/* futex/file-private.c: a private mapping of a file parts from the file when
 * it is written. */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *b;
static struct sleeper s = { .op = FUTEX_WAIT };

static int setup(void)
{
	long fd = sys(__NR_open, "words", O_RDWR_CREAT, 0600), at;

	if (fd < 0 || sys(__NR_ftruncate, fd, 4096))
		return EIO;
	at = sys_mmap(4096, 3, 2, (int)fd, 0);
	b = (int *)sys_mmap(4096, 3, 1, (int)fd, 0);
	if (sys_failed(at) || sys_failed((long)b))
		return ENOMEM;
	s.word = (int *)at;
	*s.word = 0;
	return sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(b, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(s.word, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "sleep at a written copy of a file's page, wake at the file's",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "Linux kernel/futex/core.c, get_futex_key" },
};
