/* SPDX-License-Identifier: MIT */
/* libc/getcpu.c: which processor: the vDSO's again, or rseq's. */
#include "probe.h"

#include <sched.h>

static int run(void)
{
	return sched_getcpu() >= 0 ? 0 : errno;
}

PROBE = {
	.about = "sched_getcpu",
	.run = run,
	.under = "four",
	.expect = {
		{ DIES("getcpu"), .has = "!vdso_getcpu", .why = "a user-mode "
			"Linux has no rseq, and since 7.2 no getcpu in its "
			"vDSO either" },
		{ WORKS,
			.why = "glibc reads the rseq area since 2.35, and "
			       "the vDSO has getcpu" },
	},
	.seen = { "Linux 7.2 arch/x86/um/vdso/vdso.lds.S",
		"glibc 2.36 sysdeps/unix/sysv/linux/sched_getcpu.c",
		"https://man7.org/linux/man-pages/man7/vdso.7.html" },
};
