/* SPDX-License-Identifier: MIT */
/*
 * escape/vsyscall.c: three old calls at fixed addresses, which fault and are
 * emulated. The emulation asks the filter.
 */
#include "probe.h"

#define PAGE 0xffffffffff600000

static long call(unsigned long offset)
{
#ifdef __x86_64__
	return ((long (*)(long, long, long))(PAGE + offset))(0, 0, 0);
#else
	(void)offset;
	return -ENOTSUP;
#endif
}

static int run(void)
{
	long ret = call(0);

	if (!ret) {
		CHECK(call(0x400) > 0 && call(0x800) == 0);
		return 0;
	}
	CHECK(ret < 0 && call(0x400) == ret && call(0x800) == ret);
	return (int)-ret;
}

PROBE_RAW = {
	.about = "gettimeofday, time and getcpu by the vsyscall page",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.flavours = "!i386",
	.has = "vsyscall",
	.expect = {
		{ WORKS, .has = "vsyscall_outside", .why = "the page is that of "
			"the kernel outside, whose emulation does not ask this "
			"one's filter" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("gettimeofday") },
	},
	.covers = "gvisor-seccomp/SeccompAppliesToVsyscall "
		  "gvisor-seccomp/RetKillVsyscallCausesDeathBySIGSYS",
	.seen = { "linux: arch/x86/entry/vsyscall/vsyscall_64.c, "
		  "emulate_vsyscall",
		"linux: arch/um/os-Linux/skas/process.c, userspace: only a "
		"SIGSEGV or a call stops a process of a user-mode kernel",
		"linux: Documentation/userspace-api/seccomp_filter.rst, "
		"Caveats" },
};
