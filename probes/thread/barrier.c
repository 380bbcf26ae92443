/* SPDX-License-Identifier: MIT */
/* thread/barrier.c: a barrier lives by futex alone. */
#include "probe.h"

#include <pthread.h>

static int ready, done, tid;
static pthread_barrier_t barrier;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	pthread_barrier_wait(&barrier);
	probe_open(&done);
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
	return probe_wait_asleep(tid);
}

static int run(void)
{
	int ret = pthread_barrier_wait(&barrier);

	probe_pass(&done);
	return ret == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : ret;
}

PROBE = {
	.about = "meet a second thread at a barrier",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-barrier1",
};
