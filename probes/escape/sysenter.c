/* SPDX-License-Identifier: MIT */
/*
 * escape/sysenter.c: the fast 32-bit entry from 64-bit code. It leads back to
 * a 32-bit vDSO that a 64-bit program does not have: whoever gets past the
 * filter crashes, so the control does not try.
 */
#include "probe.h"

static int run(void)
{
#ifdef __x86_64__
	if (!probe_unfiltered())
		__asm__ volatile("sysenter" : : "a"(20L) : "memory");
#endif
	return 0;
}

PROBE_RAW = {
	.about = "sysenter from 64-bit code, the i386 getpid",
	.run = run,
	.under = "four four-process four-eperm four-trap strict",
	.flavours = "raw",
	.has = "sysenter",
	.expect = { { DIES("getpid"),
		.why = "a wrong architecture is killed "
		       "whatever the default action is" } },
	.seen = { "linux: arch/x86/entry/entry_64_compat.S, "
		  "entry_SYSENTER_compat" },
};
