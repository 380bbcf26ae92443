/* SPDX-License-Identifier: MIT */
/*
 * exit/status-last.c: the status that the parent sees is the last thread's,
 * not the leader's.
 */
#include "probe.h"

static int leader_alive = 1;

static void worker(void *arg)
{
	(void)arg;
	probe_join(&leader_alive);
	sys_exit(5);
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
	sys_exit(7);
}

PROBE_RAW = {
	.about = "the leader exits with 7, the last thread with 5",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-trap-tsync",
	.has = "last_status",
	PROBE_EXITS(5),
	.expect = {
		{ WORKS, .why = "without exit_group no thread can give the "
				"process its status but the last one" },
	},
	.seen = { "Linux kernel/exit.c, synchronize_group_exit: the last "
		  "thread's code becomes the group's" },
};
