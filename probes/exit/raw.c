/* SPDX-License-Identifier: MIT */
/* exit/raw.c: the one way out that the four calls leave. */
#include "probe.h"

static int run(void)
{
	sys_exit(7);
}

PROBE_RAW = {
	.about = "end the only thread by the raw exit, status 7",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	PROBE_EXITS(7),
	.expect = { { WORKS } },
	.covers = "ltp/prctl04 seccomp_bpf/mode_strict_support",
	.seen = { "https://man7.org/linux/man-pages/man2/exit.2.html" },
};
