/* SPDX-License-Identifier: MIT */
/* libc/opendir.c: a directory stream is opened; read(2) cannot read it. */
#include "probe.h"

#include <dirent.h>

static int run(void)
{
	DIR *dir = opendir("/");

	if (!dir)
		return errno;
	return readdir(dir) ? 0 : errno;
}

PROBE = {
	.about = "opendir and readdir",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ WORKS, .under = "four+files" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("openat") },
	},
	.seen = { "glibc 2.36 sysdeps/unix/sysv/linux/opendir.c",
		"musl 1.2.3 src/dirent/opendir.c" },
};
