/* SPDX-License-Identifier: MIT */
/*
 * exit/all-lost.c: two threads are refused, one after the other. The kill of
 * the first says nothing; that of the last is the process's.
 */
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
	long ret;

	probe_open(&go);
	probe_join(&done);
	ret = sys(__NR_getppid);
	return ret < 0 ? (int)-ret : 0;
}

PROBE_RAW = {
	.about = "a worker calls getpid, then the leader getppid",
	.setup = setup,
	.run = run,
	.under = "four four-tsync four-process-tsync four-trap-tsync "
		 "four-eperm-tsync",
	.expect = {
		{ FAILS(EPERM), .under = "four-eperm-tsync" },
		{ DIES("getppid"), .under = "four four-tsync" },
		{ DIES("getpid") },
	},
	.seen = { "Linux kernel/seccomp.c: KILL_THREAD with signal->live == 1 "
		  "is a SIGSYS to the process",
		"https://github.com/checkpoint-restore/criu/issues/275" },
};
