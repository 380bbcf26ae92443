/* SPDX-License-Identifier: MIT */
/*
 * escape/minus-one.c: -1 is what a tracer sets to have a call skipped; a
 * filter sees it when the program says it.
 */
#include "probe.h"

static int run(void)
{
	long ret = sys(-1);

	return probe_unfiltered() && ret == -ENOSYS ? 0 : (int)-ret;
}

PROBE_RAW = {
	.about = "make call number -1",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("-1") },
	},
	.covers = "seccomp_bpf/TRACE_syscall.negative_ENOSYS",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"libseccomp: src/gen_bpf.c, _gen_bpf_arch" },
};
