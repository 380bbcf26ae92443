/* SPDX-License-Identifier: MIT */
/* thread/killed-mutex.c: a mutex whose holder the filter killed. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	pthread_mutex_lock(&mutex);
	probe_open(&held);
	sys(__NR_getpid);
	pthread_mutex_unlock(&mutex);
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
	return pthread_mutex_lock(&mutex);
}

PROBE = {
	.about = "lock a mutex whose holder calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+getpid-tsync",
	.expect = {
		{ WORKS, .under = "four four-process four-eperm-tsync "
				  "four-enosys-tsync four+getpid-tsync" },
		{ HANGS_AT("getpid"), .under = "four-tsync",
			.why = "nobody is left to unlock it" },
		{ DIES("getpid") },
	},
	.covers = "seccomp_bpf/KILL_thread "
		  "gvisor-seccomp/RetKillOnlyKillsOneThread",
	.seen = { "Linux kernel/seccomp.c: KILL_THREAD runs no user code" },
};
