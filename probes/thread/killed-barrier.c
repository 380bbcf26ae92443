/* SPDX-License-Identifier: MIT */
/* thread/killed-barrier.c: a party to a barrier was killed on the way. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static pthread_barrier_t barrier;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);

	probe_open(&held);
	sys(__NR_getpid);
	pthread_barrier_wait(&barrier);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (pthread_barrier_init(&barrier, NULL, 2) ||
		pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	int ret;

	probe_open(&go);
	probe_pass(&held);
	ret = pthread_barrier_wait(&barrier);
	return ret == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : ret;
}

PROBE = {
	.about = "wait at a barrier for a thread that calls getpid first",
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
