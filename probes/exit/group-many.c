/* SPDX-License-Identifier: MIT */
/* exit/group-many.c: exit_group refused, and 16 are left behind. */
#include "probe.h"

static int never;
enum { WORKERS = 16 };

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&never);
}

static int setup(void)
{
	for (int i = 0; i < WORKERS; i++) {
		long tid = probe_thread(worker, NULL, NULL);

		if (tid < 0)
			return (int)-tid;
	}
	return 0;
}

static int run(void)
{
	return (int)-sys(__NR_exit_group, 7);
}

PROBE_RAW = {
	.about = "raw exit_group(7) with 16 threads waiting",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four-tsync four-process-tsync four-trap-tsync "
		 "four+exit_group",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS, .under = "four+exit_group" },
		{ ZOMBIE_AT("exit_group"), .under = "four four-tsync",
			.why = "the kill takes the leader alone: the parent "
			       "waits for a process that will not end" },
		{ ZOMBIE, .under = "four-eperm four-enosys",
			.why = "the refusal is returned, the leader goes "
			       "alone by exit" },
		{ DIES("exit_group") },
	},
	.covers = "glibc/tst-exit1",
	.seen = { "https://github.com/opencontainers/runc/issues/5087" },
};
