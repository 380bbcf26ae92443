/* SPDX-License-Identifier: MIT */
/* io/mkstemp.c: a temporary file's name may cost a call, and the file one. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	char name[] = "tmp-XXXXXX";

	return mkstemp(name) < 0 ? errno : 0;
}

PROBE = {
	.about = "mkstemp",
	.run = run,
	.under = "four four-enosys four+files",
	.expect = {
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ WORKS, .under = "four+files", .flavour = "!glibc" },
		{ DIES("rt_sigprocmask"), .flavour = "glibc",
			.libc = GLIBC(2, 41), .kernel = KERNEL(6, 11),
			.why = "getrandom in the vDSO wants signals blocked "
			       "and a page for its state" },
		{ WORKS, .under = "four+files", .libc = GLIBC(2, 41) },
		{ DIES("clock_gettime"), .under = "four+files",
			.libc = GLIBC(2, 36), .has = "!vdso_clock" },
		{ WORKS, .under = "four+files" },
		{ DIES("open"), .flavour = "musl" },
		{ DIES("getrandom"), .libc = GLIBC(2, 41),
			.why = "asked first, as before 2.36" },
		{ DIES("clock_gettime"), .libc = GLIBC(2, 36),
			.has = "!vdso_clock" },
		{ DIES("openat|getrandom"), .libc = GLIBC(2, 36),
			.why = "the name comes from the clock, in the vDSO; "
			       "one time in 22 its 64 bits are no fair draw of "
			       "ten letters, and getrandom is asked" },
		{ DIES("getrandom") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/tempname.c, try_tempname_len",
		"musl 1.2.3 src/temp/__randname.c" },
};
