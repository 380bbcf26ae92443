/* SPDX-License-Identifier: MIT */
/* gallery/statx.c: fstat is statx on 32 bits. */
#include "probe.h"

#include <stdio.h>

static int run(void)
{
	return puts("hello") < 0 || fflush(stdout) ? errno : 0;
}

PROBE = {
	.about = "a 32-bit program's first puts() without statx",
	.run = run,
	.under = "no-statx no-statx-enosys",
	.flavours = "i386",
	.symptom = "lldpd on 32-bit machines: killed when it first logs",
	.diagnosis = "the filter killed it at statx*",
	.expect = {
		{ WORKS, .under = "*-enosys" },
		{ DIES("statx"), .libc = GLIBC(2, 33) },
		{ WORKS },
	},
	.seen = { "https://github.com/lldpd/lldpd/issues/710" },
};
