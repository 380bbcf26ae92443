/* SPDX-License-Identifier: MIT */
/* futex/file-shared.c: one file mapped at two addresses is one word for
 * shared futexes, two for private ones. */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *b;
static struct sleeper s = { .op = FUTEX_WAIT };

static int setup(void)
{
	long fd = sys(__NR_open, "words", O_RDWR_CREAT, 0600), at;

	if (fd < 0 || sys(__NR_ftruncate, fd, 4096))
		return EIO;
	at = sys_mmap(4096, 3, 1, (int)fd, 0);
	s.word = (int *)at;
	b = (int *)sys_mmap(4096, 3, 1, (int)fd, 0);
	sys(__NR_close, fd);
	sys(__NR_unlink, "words");
	return sys_failed(at) || sys_failed((long)b) ? ENOMEM
						     : sleeper_start(&s);
}

static int run(void)
{
	CHECK(sys_futex(b, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(b, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&s) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "sleep at one mapping of a file, wake at the other",
	.setup = setup,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS, .why = "the key is the inode's sequence number and "
				"the page: the file may be unlinked and "
				"closed (CVE-2020-14381: the key used to hold "
				"a reference to the inode)" },
	},
	.covers = "kselftest/futex_wait.file_backed "
		  "gvisor/WakeInterprocessFile",
	.seen = { "https://nvd.nist.gov/vuln/detail/CVE-2020-14381",
		"https://git.kernel.org/linus/8019ad13ef7f" },
};
