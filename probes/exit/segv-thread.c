/* SPDX-License-Identifier: MIT */
/* exit/segv-thread.c: a crash ends all threads; the filter's kill need not. */
#include "probe.h"

static int go, done;

static void crash(void *arg)
{
	(void)arg;
	probe_pass(&go);
	*(volatile int *)8 = 1;
}

static int setup(void)
{
	long tid = probe_thread(crash, NULL, &done);

	return tid < 0 ? (int)-tid : 0;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "a second thread writes through a null pointer",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync",
	.dies_of = SIGSEGV,
	.expect = { { CRASHES(SIGSEGV) } },
	.seen = { "https://man7.org/linux/man-pages/man7/signal.7.html" },
};
