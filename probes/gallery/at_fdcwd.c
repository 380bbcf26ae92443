/* SPDX-License-Identifier: MIT */
/* gallery/at_fdcwd.c: minus one hundred, in 64 bits and in 32. */
#include "probe.h"

#include <fcntl.h>

static int run(void)
{
	return open("/", O_RDONLY) < 0 ? errno : 0;
}

PROBE = {
	.about = "libc opens a file; the filter knows AT_FDCWD in 64 or 32 bits",
	.run = run,
	.under = "openat-cwd-64 openat-cwd-32",
	.flavours = "!i386",
	.symptom = "crash at start: openat is allowed for AT_FDCWD, and it is "
		   "AT_FDCWD",
	.diagnosis = "the filter killed it at openat: files by name",
	.expect = {
		{ WORKS, .under = "openat-cwd-64", .libc = GLIBC(2, 41),
			.why = "__syscall_cancel takes longs" },
		{ DIES("openat"), .libc = GLIBC(2, 41) },
		{ DIES("openat"), .under = "openat-cwd-64",
			.libc = GLIBC(2, 26), .why = "an int argument leaves "
			"the upper half of its register zero" },
		{ WORKS },
	},
	.seen = { "https://gitlab.torproject.org/tpo/core/tor/-/issues/25440" },
};
