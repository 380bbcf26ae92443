/* SPDX-License-Identifier: MIT */
/* gallery/at_fdcwd-long.c: minus one hundred, in 32 bits and in 64. */
#include "probe.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int run(void)
{
	long fd = syscall(__NR_openat, (long)AT_FDCWD, "/", O_RDONLY, 0);

	return fd < 0 ? errno : 0;
}

PROBE = {
	.about = "open by AT_FDCWD in 64 bits; the filter compares with 32",
	.run = run,
	.under = "openat-cwd-32 openat-cwd-64",
	.flavours = "!i386",
	.symptom = "the cast that mended the filter for one libc breaks it for "
		   "another",
	.diagnosis = "the filter killed it at openat: files by name",
	.expect = {
		{ WORKS, .under = "openat-cwd-64" },
		{ DIES("openat"), .why = "the kernel sees the low 32 bits of "
			"the descriptor, a filter all 64" },
	},
	.seen = { "https://github.com/torproject/tor/pull/1964",
		"https://gitlab.torproject.org/tpo/core/tor/-/issues/25440" },
};
