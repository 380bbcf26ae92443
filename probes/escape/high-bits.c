/* SPDX-License-Identifier: MIT */
/*
 * escape/high-bits.c: the register with the number has 64 bits, the number 32.
 * A filter and the table behind it must cut it the same way. Before Linux 5.14
 * the table cuts it where there is a filter, and without one knows no such
 * call.
 */
#include "probe.h"

#define HIGH (1L << 32)
static int cut; /* by the table alone too */

static int setup(void)
{
#ifdef __x86_64__
	cut = sys(HIGH | __NR_getpid) > 0;
#endif
	return 0;
}

static int run(void)
{
#ifdef __x86_64__
	bool whole = !cut && probe_unfiltered();
	long want = whole ? -ENOSYS : -EBADF, ret;

	CHECK(sys(HIGH | __NR_write, -1, 0, 0) == want);
	CHECK(sys(1L << 63 | __NR_write, -1, 0, 0) == want);
	ret = sys(HIGH | __NR_getpid);
	return ret > 0 || (whole && ret == -ENOSYS) ? 0 : (int)-ret;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "make calls with bits set above the number's 32",
	.setup = setup,
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
	.seen = { "linux: arch/x86/entry/entry_64.S, entry_SYSCALL_64",
		"linux: arch/x86/entry/common.c, do_syscall_64, and "
		"kernel/entry/common.c, syscall_trace_enter, of 5.10" },
};
