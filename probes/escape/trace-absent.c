/* SPDX-License-Identifier: MIT */
/* escape/trace-absent.c: the trace action with nobody to ask. */
#include "probe.h"

static int run(void)
{
	long ret = sys(__NR_getpid);

	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "call getpid where a tracer is to decide, and there is none",
	.run = run,
	.under = "four-trace",
	.expect = { { FAILS(ENOSYS),
		.why = "without a tracer that listens "
		       "the trace action means ENOSYS, not death" } },
	.covers = "gvisor-seccomp/RetTraceWithoutPtracerReturnsENOSYS",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html" },
};
