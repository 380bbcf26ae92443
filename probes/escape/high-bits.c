/* SPDX-License-Identifier: MIT */
/*
 * escape/high-bits.c: the register with the number has 64 bits, the number 32.
 * A filter and the table behind it must cut it the same way.
 */
#include "probe.h"

static int run(void)
{
#ifdef __x86_64__
	long high = 1L << 32;

	CHECK(sys(high | __NR_write, -1, 0, 0) == -EBADF);
	CHECK(sys(1L << 63 | __NR_write, -1, 0, 0) == -EBADF);
	high = sys(high | __NR_getpid);
	return high > 0 ? 0 : (int)-high;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "make calls with bits set above the number's 32",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.flavours = "!i386",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("getpid"), .why = "the upper half is dropped before the "
			"filter and before the table: write stays write, "
			"getpid is refused" },
	},
	.covers = "seccomp_bpf/KILL_one_arg_one",
	.seen = { "linux: arch/x86/entry/entry_64.S, entry_SYSCALL_64" },
};
