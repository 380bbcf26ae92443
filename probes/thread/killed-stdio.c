/* SPDX-License-Identifier: MIT */
/* thread/killed-stdio.c: a stream whose holder the filter killed. */
#include "probe.h"

#include <pthread.h>
#include <stdio.h>

static int ready, go, held;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	flockfile(stderr);
	probe_open(&held);
	sys(__NR_getpid);
	funlockfile(stderr);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&held);
	flockfile(stderr);
	funlockfile(stderr);
	return 0;
}

PROBE = {
	.about = "lock stderr whose holder calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+getpid-tsync",
	.expect = {
		{ WORKS, .under = "four four-process four-eperm-tsync "
				  "four-enosys-tsync four+getpid-tsync" },
		{ HANGS_AT("getpid"), .under = "four-tsync" },
		{ DIES("getpid") },
	},
	.seen = { "Linux kernel/seccomp.c: KILL_THREAD runs no user code" },
};
