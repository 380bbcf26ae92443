/* SPDX-License-Identifier: MIT */
/* exit/leader-lost.c: the leader is killed and the parent is told "0". */
#include "probe.h"

static int leader_alive = 1;

static void worker(void *arg)
{
	(void)arg;
	probe_join(&leader_alive);
	sys_exit(0);
}

static int setup(void)
{
	long tid;

	sys(__NR_set_tid_address, &leader_alive);
	tid = probe_thread(worker, NULL, NULL);
	return tid < 0 ? (int)-tid : 0;
}

static int run(void)
{
	long pid = sys(__NR_getpid);

	return pid < 0 ? (int)-pid : 0;
}

PROBE_RAW = {
	.about = "the leader calls getpid, the worker exits with 0 after it",
	.setup = setup,
	.run = run,
	.under = "four four-tsync four-process four-trap four-eperm "
		 "four+getpid",
	.expect = {
		{ WORKS, .under = "four+getpid" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ DIES("getpid"), .has = "!last_status",
			.why = "KILL_THREAD took the main thread, whose "
			       "status was the process's" },
		{ LOSES("getpid"), .under = "four four-tsync",
			.why = "KILL_THREAD took the main thread; the status "
			       "is the worker's, and says success" },
		{ DIES("getpid") },
	},
	.seen = { "Linux kernel/seccomp.c, __seccomp_filter: KILL_THREAD is "
		  "do_exit() while other threads live",
		"https://github.com/opencontainers/runc/issues/5087" },
};
