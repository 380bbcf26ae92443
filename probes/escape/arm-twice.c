/* SPDX-License-Identifier: MIT */
/* escape/arm-twice.c: the same filter once more. */
#include "probe.h"

static int run(void)
{
	return probe_arm();
}

PROBE_RAW = {
	.about = "load the cell's own filter a second time",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict "
		 "four+seccomp",
	.expect = {
		{ WORKS, .under = "four+seccomp", .why = "filters stack; the "
			"second changes no answer and costs time" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("prctl") },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
