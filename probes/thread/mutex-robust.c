/* SPDX-License-Identifier: MIT */
/* thread/mutex-robust.c: a contended robust mutex. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;
static int ready, done, tid;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int init(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	return pthread_mutex_init(&mutex, &a);
}

static int setup(void)
{
	pthread_t thread;

	if (init() || pthread_mutex_lock(&mutex) ||
		pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_wait_asleep(tid);
}

static int run(void)
{
	int err = pthread_mutex_unlock(&mutex);

	probe_pass(&done);
	return err ? err : pthread_mutex_lock(&mutex);
}

PROBE = {
	.about = "unlock a robust mutex that a second thread waits for",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "gvisor/RobustFutex_PthreadMutexAttr",
	.seen = {
		"https://man7.org/linux/man-pages/man3/pthread_mutexattr_setrobust.3.html",
	},
};
