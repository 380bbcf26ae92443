/* SPDX-License-Identifier: MIT */
/*
 * futex/file-cow.c: a read-only private mapping of a file shares its words
 * with the file; in a writable one the operation itself makes the copy.
 */
#include "sleeper.h"

#define O_RDWR_CREAT 0102

static int *file;
static struct sleeper ro = { .op = FUTEX_WAIT }, rw = { .op = FUTEX_WAIT };

static int *map(long fd, int prot, int flags)
{
	long at = sys_mmap(4096, prot, flags, fd, 0);

	return sys_failed(at) ? NULL : (int *)at;
}

static int setup(void)
{
	long fd = sys(__NR_open, "words", O_RDWR_CREAT, 0600);
	int err;

	if (fd < 0 || sys(__NR_ftruncate, fd, 4096))
		return EIO;
	file = map(fd, 3, 1 /* MAP_SHARED */);
	ro.word = map(fd, 1, 2 /* MAP_PRIVATE */);
	rw.word = map(fd, 3, 2);
	if (!file || !ro.word || !rw.word)
		return ENOMEM;
	err = sleeper_start(&ro);
	return err ? err : sleeper_start(&rw);
}

static int run(void)
{
	CHECK(sys_futex(file, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&ro) == 0 && sleeper_sleeps(&rw));
	*file = 7;
	CHECK(*rw.word == 0 && *ro.word == 7);
	CHECK(sys_futex(rw.word, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&rw);
}

PROBE_RAW = {
	.about = "sleep at untouched private mappings of a file, wake at it",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "FUTEX_WAIT asks for the page to write it, "
				"though it only reads: the mapping parts from "
				"the file without a store of the program's" },
	},
	.covers = "kselftest/futex_wait_private_mapped_file",
	.seen = { "Linux kernel/futex/core.c, get_futex_key: FOLL_WRITE",
		"https://git.kernel.org/linus/9ea71503a8ed" },
};
