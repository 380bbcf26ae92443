/* SPDX-License-Identifier: MIT */
/* thread/uncovered.c: without TSYNC a thread that was there first is free. */
#include "probe.h"

static int go, done;

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&go);
	sys(__NR_open, PROBE_OUTSIDE "/escaped", 0101, 0600);
}

static int setup(void)
{
	return probe_thread(worker, NULL, &done) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "a thread started before the filter creates a file",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ ESCAPES("file escaped"), .under = "four four-process",
			.why = "seccomp_load() filters the calling thread" },
		{ LOSES("open"), .under = "four-tsync" },
		{ DIES("open"), .under = "four-process-tsync four-trap-tsync" },
		{ WORKS, .under = "four-eperm-tsync four-enosys-tsync" },
	},
	.covers = "seccomp_bpf/TSYNC.two_siblings_not_under_filter",
	.seen = { "https://man7.org/linux/man-pages/man2/seccomp.2.html: "
		  "SECCOMP_FILTER_FLAG_TSYNC" },
};
