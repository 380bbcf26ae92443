/* SPDX-License-Identifier: MIT */
/* thread/once.c: one-time initialisation that a second thread waits for. */
#include "probe.h"

#include <pthread.h>

static int ready, done;
static int inside;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init(void)
{
	probe_open(&inside);
	probe_nap(1000000);
}

static void *worker(void *arg)
{
	probe_open(&ready);
	pthread_once(&once, init);
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
	return 0;
}

static int run(void)
{
	int err;

	probe_pass(&inside);
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
};
