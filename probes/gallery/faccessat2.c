/* SPDX-License-Identifier: MIT */
/* gallery/faccessat2.c: root may not: the answer is about the filter. */
#include "probe.h"

#include <fcntl.h>
#include <unistd.h>

static int run(void)
{
	return faccessat(AT_FDCWD, "/", R_OK, AT_EACCESS) ? errno : 0;
}

PROBE = {
	.about = "may I read \"/\"? without faccessat2",
	.run = run,
	.under = "no-faccessat2-eperm no-faccessat2-enosys",
	.symptom = "\"make: /bin/sh: Operation not permitted\" inside a "
		   "container",
	.diagnosis = "it exited 1; the filter answers EPERM first to faccessat2: files by name",
	.expect = {
		{ WORKS, .under = "*-enosys", .why = "libc asks by other calls" },
		{ FAILS(EPERM), .libc = GLIBC(2, 33) },
		{ FAILS(EPERM), .libc = MUSL(1, 2, 2) },
		{ WORKS },
	},
	.seen = { "https://github.com/systemd/systemd/issues/16739" },
};
