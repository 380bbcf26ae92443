/* SPDX-License-Identifier: MIT */
/* exit/zombie.c: the leader is killed, its worker waits for it for ever. */
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
	sys(__NR_getpid);
	probe_open(&go);
	probe_join(&done);
	return 0;
}

PROBE_RAW = {
	.about = "the leader calls getpid before it wakes its worker",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four-tsync four-process-tsync four+getpid",
	.expect = {
		{ ZOMBIE_AT("getpid"), .under = "four four-tsync",
			.why = "no SIGCHLD, no exit status: the parent waits "
			       "for a process whose main thread is dead" },
		{ DIES("getpid"), .under = "four-process* four-trap" },
		{ WORKS },
	},
	.seen = { "https://github.com/opencontainers/runc/issues/5087" },
};
