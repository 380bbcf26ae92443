/* SPDX-License-Identifier: MIT */
/* gallery/newfstatat.c: fstat is newfstatat, for some years. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return puts("hello") < 0 || fflush(stdout) ? errno : 0;
}

PROBE = {
	.about = "the first puts() without newfstatat, or without fstat",
	.run = run,
	.under = "no-newfstatat no-fstat",
	.flavours = "glibc glibc-static musl",
	.symptom = "killed in fstat(), and fstat is allowed",
	.diagnosis = "the filter killed it at *fstat*: stdio's first use of a "
		     "stream",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ WORKS, .under = "no-newfstatat", .libc = GLIBC(2, 39) },
		{ DIES("newfstatat"), .under = "no-newfstatat",
			.libc = GLIBC(2, 33), .why = "glibc 2.33 to 2.38 make "
			"fstat of newfstatat and an empty path" },
		{ DIES("fstat"), .under = "no-fstat", .libc = GLIBC(2, 39) },
		{ WORKS, .under = "no-fstat", .libc = GLIBC(2, 33) },
		{ DIES("fstat"), .under = "no-fstat" },
		{ WORKS },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "2489",
		"https://gitlab.torproject.org/tpo/core/tor/-/issues/40381" },
};
