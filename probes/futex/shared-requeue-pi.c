/* SPDX-License-Identifier: MIT */
/* futex/shared-requeue-pi.c: requeue-PI in its shared form, and onto the
 * same word at another address (CVE-2014-3153 compared addresses alone). */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *word, *again;
static int leave;
static struct sleeper s = { .op = FUTEX_WAIT_REQUEUE_PI, .leave = &leave };

static int setup(void)
{
	long fd = sys(__NR_open, "words", O_RDWR_CREAT, 0600);

	if (fd < 0 || sys(__NR_ftruncate, fd, 4096))
		return EIO;
	word = (int *)sys_mmap(4096, 3, 1 /* MAP_SHARED */, fd, 0);
	again = (int *)sys_mmap(4096, 3, 1, fd, 0);
	if (sys_failed((long)word) || sys_failed((long)again))
		return ENOMEM;
	s.word = word;
	s.word2 = word + 1;
	return sleeper_start(&s);
}

static long move(int *to)
{
	return sys_futex(word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, to, 0);
}

static int run(void)
{
	CHECK(sys_futex(word, FUTEX_WAIT_REQUEUE_PI, 0, NULL, again, 0) ==
		-EINVAL);
	CHECK(move(again) == -EINVAL);
	CHECK(move(again + 1) == 1);
	CHECK(sleeper_result(&s) == 0);
	CHECK((word[1] & FUTEX_TID_MASK) == s.tid);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "requeue-PI between words of a file that is mapped twice",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.has = "requeue_pi",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake futex-private" },
		{ WORKS, .why = "the keys are compared, not the addresses" },
	},
	.seen = { "https://git.kernel.org/linus/e9c243a5a6de",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
