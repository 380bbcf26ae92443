/* SPDX-License-Identifier: MIT */
/* exit/segv.c: a plain crash needs no call and is not hidden by a filter. */
#include "probe.h"

static int run(void)
{
	*(volatile int *)8 = 1;
	return 0;
}

PROBE_RAW = {
	.about = "write through a null pointer",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap strict",
	.dies_of = SIGSEGV,
	.expect = { { CRASHES(SIGSEGV) } },
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
