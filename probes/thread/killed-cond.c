/* SPDX-License-Identifier: MIT */
/* thread/killed-cond.c: the thread that would signal was killed. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static bool told;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);

	probe_open(&held);
	sys(__NR_getpid);
	pthread_mutex_lock(&mutex);
	told = true;
	pthread_cond_signal(&cond);
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
	pthread_mutex_lock(&mutex);
	while (!told)
		pthread_cond_wait(&cond, &mutex);
	return 0;
}

PROBE = {
	.about = "wait for a condition whose signaller calls getpid first",
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
