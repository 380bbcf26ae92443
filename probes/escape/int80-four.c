/* SPDX-License-Identifier: MIT */
/* escape/int80-four.c: an allowed call, through the wrong gate. */
#include "entry.h"
#include "probe.h"

static int run(void)
{
#ifdef __x86_64__
	return entry_int80(4) == -EBADF ? 0 : EBADE;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "write by int 0x80 from 64-bit code: number 4 there",
	.run = run,
	.under = "four four-process four-eperm four-trap four-eperm-abis",
	.flavours = "!i386",
	.has = "ia32",
	.expect = {
		{ WORKS, .under = "four-eperm-abis", .why = "a filter for "
			"several architectures allows the names on each" },
		{ DIES("write"), .why = "the filter checks the architecture "
			"before the number" },
	},
	.seen = { "linux: Documentation/userspace-api/seccomp_filter.rst, "
		  "Pitfalls" },
};
