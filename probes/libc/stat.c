/* SPDX-License-Identifier: MIT */
/* libc/stat.c: one function, and a different call in each libc. */
#include "probe.h"

#include <sys/stat.h>

static int run(void)
{
	struct stat st;

	return stat("/", &st) ? errno : 0;
}

PROBE = {
	.about = "stat of /",
	.run = run,
	.under = "four four-enosys",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("stat"), .flavour = "musl" },
		{ DIES("statx|stat64"), .flavour = "i386" },
		{ DIES("newfstatat"), .libc = GLIBC(2, 33) },
		{ DIES("stat") },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/fstatat64.c",
		"musl 1.2.3 src/stat/fstatat.c" },
};
