/* SPDX-License-Identifier: MIT */
/* thread/sem.c: a semaphore lives by futex alone. */
#include "probe.h"

#include <pthread.h>
#include <semaphore.h>

static int ready, done, tid;
static sem_t sem;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	while (sem_wait(&sem))
		;
	probe_open(&done);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (sem_init(&sem, 0, 0) || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_wait_asleep(tid);
}

static int run(void)
{
	if (sem_post(&sem))
		return errno;
	probe_pass(&done);
	return 0;
}

PROBE = {
	.about = "post a semaphore that a second thread waits for",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-sem1",
};
