/* SPDX-License-Identifier: MIT */
/* escape/int80.c: the 32-bit gate, which any 64-bit program may use. */
#include "entry.h"
#include "probe.h"

static int run(void)
{
#ifdef __x86_64__
	long ret = entry_int80(I386_GETPID);

	return ret > 0 ? 0 : (int)-ret;
#else
	return ENOTSUP;
#endif
}

PROBE_RAW = {
	.about = "int 0x80 from 64-bit code, the i386 getpid",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four-eperm-abis",
	.flavours = "!i386",
	.has = "ia32",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm-abis" },
		{ DIES("getpid"), .under = "four strict" },
		{ DIES("getpid"), .why = "libseccomp answers a wrong "
			"architecture with KILL_THREAD, whatever the default "
			"action is (SCMP_FLTATR_ACT_BADARCH)" },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "seccomp_attr_set.3.html",
		"libseccomp: src/db.c, act_badarch" },
};
