/* SPDX-License-Identifier: MIT */
/* thread/cond.c: a condition variable lives by futex alone. */
#include "probe.h"

#include <pthread.h>

static int ready, done, tid;
static bool told;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	pthread_mutex_lock(&mutex);
	while (!told)
		pthread_cond_wait(&cond, &mutex);
	pthread_mutex_unlock(&mutex);
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_wait_asleep(tid);
}

static int run(void)
{
	pthread_mutex_lock(&mutex);
	told = true;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&mutex);
	probe_pass(&done);
	return 0;
}

PROBE = {
	.about = "signal a condition that a second thread waits for",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-cond1",
};
