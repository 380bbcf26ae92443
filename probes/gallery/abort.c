/* SPDX-License-Identifier: MIT */
/* gallery/abort.c: the end of a crash is a system call too. */
#include "probe.h"

#include <stdlib.h>

static int run(void)
{
	abort();
}

PROBE = {
	.about = "abort without tgkill, or without rt_sigprocmask",
	.run = run,
	.under = "no-tgkill no-rt_sigprocmask no-tkill",
	.dies_of = SIGABRT,
	.symptom = "an assertion failed, and the log says: seccomp",
	.diagnosis = "the filter's kill at tgkill hides a crash: without it "
		     "SIGABRT had ended it, by *abort*",
	.expect = {
		{ CRASHES(SIGABRT), .under = "no-rt_sigprocmask",
			.libc = GLIBC(2, 41), .why = "it raises SIGABRT before "
			"it blocks anything" },
		{ MASKS(SIGABRT, "rt_sigprocmask"),
			.under = "no-rt_sigprocmask" },
		{ MASKS(SIGABRT, "tkill"), .under = "no-tkill",
			.flavour = "musl" },
		{ CRASHES(SIGABRT), .flavour = "musl" },
		{ CRASHES(SIGABRT), .under = "no-tkill" },
		{ MASKS(SIGABRT, "tgkill") },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "5389" },
};
