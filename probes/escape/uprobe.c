/* SPDX-License-Identifier: MIT */
/*
 * escape/uprobe.c: call 336, the fast way into a uprobe since 6.18. It too
 * passes every filter; from anywhere but its trampoline it answers ENXIO, from
 * 7.2 on EPROTO, which no filter of ours gives.
 */
#include "probe.h"

static int run(void)
{
	long ret = sys(336);

	if (ret == -ENXIO || ret == -EPROTO ||
		(probe_unfiltered() && ret == -ENOSYS))
		return 0;
	return (int)-ret;
}

PROBE_RAW = {
	.about = "call 336 (uprobe) where no trampoline is",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.flavours = "!i386",
	.expect = {
		{ WORKS, .has = "uprobe", .why = "it passes every filter, "
			"strict mode too, and answers ENXIO or EPROTO: no "
			"filter can refuse it" },
		{ FAILS(ENOSYS), .has = "!uprobe uprobe_exempt", .why =
			"the exception is made for the number, also by a kernel "
			"that has no such call: without CONFIG_UPROBES, or a "
			"user-mode Linux" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("uprobe") },
	},
	.covers = "seccomp_bpf/UPROBE.uprobe_default_allow",
	.seen = { "linux: kernel/seccomp.c, seccomp_uprobe_exception",
		"linux: arch/x86/kernel/uprobes.c, uprobe" },
};
