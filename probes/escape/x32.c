/* SPDX-License-Identifier: MIT */
/*
 * escape/x32.c: the third table: the same entry and the same architecture in
 * the filter's eyes, told apart by bit 30 of the number alone. The filter sees
 * it even where the kernel has no x32.
 */
#include "entry.h"
#include "probe.h"

static int run(void)
{
#ifdef __x86_64__
	long ret = entry_x32(X86_64_GETPID);

	if (probe_unfiltered() && ret == -ENOSYS)
		return 0;
	return ret > 0 ? 0 : (int)-ret;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "the x32 getpid",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four-eperm-abis",
	.flavours = "!i386",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm-abis" },
		{ DIES("x32:getpid"), .under = "four strict" },
		{ DIES("x32:getpid"), .why = "libseccomp takes x32 for a wrong "
			"architecture, and answers with KILL_THREAD whatever "
			"the default action is" },
	},
	.seen = { "libseccomp: src/gen_bpf.c, _gen_bpf_arch",
		"https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
