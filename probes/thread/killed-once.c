/* SPDX-License-Identifier: MIT */
/* thread/killed-once.c: the thread that initialises was killed in the act. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init(void)
{
	probe_open(&held);
	sys(__NR_getpid);
}

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	pthread_once(&once, init);
	probe_open(&held);
	sys(__NR_getpid);

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
	return pthread_once(&once, init);
}

PROBE = {
	.about = "call pthread_once() whose first caller calls getpid in it",
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
