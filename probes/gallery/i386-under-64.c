/* SPDX-License-Identifier: MIT */
/* gallery/i386-under-64.c: a 32-bit program under a filter for 64. */
#include "probe.h"

static int run(void)
{
	char c;

	return sys(__NR_read, -1, &c, 1) == -EBADF ? 0 : EIO;
}

PROBE = {
	.about = "any call of a 32-bit program where x86-64 alone is allowed",
	.run = run,
	.under = "all-x86_64",
	.flavours = "i386 glibc",
	.symptom = "\"Bad system call\" from every 32-bit program in a "
		   "container",
	.diagnosis = "the filter killed it at read: to read and write",
	.expect = {
		{ WORKS, .flavour = "!i386" },
		{ DIES("read"), .why = "libseccomp answers each call of another "
			"architecture with KILL_THREAD" },
	},
	.seen = { "https://github.com/nestybox/sysbox/issues/350",
		"https://github.com/NVIDIA/enroot/issues/43" },
};
