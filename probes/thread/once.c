/* SPDX-License-Identifier: MIT */
/* thread/once.c: one-time initialisation that a second thread waits for. */
#include "probe.h"

#include <pthread.h>

static struct shared {
	int enters, finish;
} * shared;
static int ready, inside, done;
static long leader;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init(void)
{
	probe_open(&inside);
	probe_pass(&shared->finish);
}

static void *worker(void *arg)
{
	probe_open(&ready);
	pthread_once(&once, init);
	probe_open(&done);
	sys_exit(0);
	return arg;
}

/* The leader's next sleep is in pthread_once(). */
static int partner(void)
{
	probe_pass(&shared->enters);
	if (probe_wait_asleep(leader))
		return 1;
	probe_open(&shared->finish);
	return 0;
}

static int setup(void)
{
	pthread_t thread;

	leader = sys(__NR_gettid);
	shared = probe_shared();
	if (!shared || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	int err;

	probe_pass(&inside);
	probe_open(&shared->enters);
	err = pthread_once(&once, init);
	probe_pass(&done);
	return err;
}

PROBE = {
	.about = "call pthread_once() while a second thread is in it",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-once1",
};
