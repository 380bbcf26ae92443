/* SPDX-License-Identifier: MIT */
/* gallery/leader.c: the leader is dead, its process is not. */
#include "probe.h"

static int go, done;

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&go);
}

static int setup(void)
{
	long tid = probe_thread(worker, NULL, &done);

	return tid < 0 ? (int)-tid : 0;
}

static int run(void)
{
	sys(__NR_write, 1, "ready\n", 6);
	probe_open(&go);
	probe_join(&done);
	return 0;
}

PROBE = {
	.about = "the main thread writes where that kills the thread alone",
	.setup = setup,
	.run = run,
	.under = "no-write-thread no-write",
	.symptom = "the parent waits for ever: no SIGCHLD, wait4 does not "
		   "return, the files stay open",
	.diagnosis = "*main thread*killed*write*",
	.expect = {
		{ ZOMBIE_AT("write"), .under = "no-write-thread" },
		{ DIES("write") },
	},
	.seen = { "https://github.com/opencontainers/runc/issues/5087" },
};
