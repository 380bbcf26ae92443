/* SPDX-License-Identifier: MIT */
/* thread/rwlock.c: a read-write lock lives by futex alone. */
#include "probe.h"

#include <pthread.h>

static int ready, done, tid;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (pthread_rwlock_rdlock(&lock) ||
		pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_wait_asleep(tid);
}

static int run(void)
{
	int err = pthread_rwlock_unlock(&lock);

	probe_pass(&done);
	return err ? err : pthread_rwlock_wrlock(&lock);
}

PROBE = {
	.about = "release a read lock that a writer waits for, then write",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-rwlock1 glibc/tst-rwlock20",
};
