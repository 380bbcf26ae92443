/* SPDX-License-Identifier: MIT */
/* exit/worker-lost.c: a worker is killed, its work undone, the status 0. */
#include "probe.h"

static int go, done;

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&go);
	sys(__NR_getpid);
}

static int setup(void)
{
	long tid = probe_thread(worker, NULL, &done);

	return tid < 0 ? (int)-tid : 0;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "a worker calls getpid, the leader waits for its end",
	.setup = setup,
	.run = run,
	.under = "four four-tsync four-process-tsync four-trap-tsync "
		 "four-eperm-tsync",
	.expect = {
		{ WORKS, .under = "four",
			.why = "without TSYNC the worker has no filter" },
		{ WORKS, .under = "four-eperm-tsync" },
		{ LOSES("getpid"), .under = "four-tsync",
			.why = "the kernel clears the thread's word and wakes "
			       "its joiner after a kill as after an exit" },
		{ DIES("getpid") },
	},
	.seen = { "Linux kernel/fork.c, mm_release: clear_child_tid",
		"https://github.com/golang/go/issues/30753" },
};
