/* SPDX-License-Identifier: MIT */
/* thread/tls.c: thread-local variables of the program need no call. */
#include "probe.h"

#include <pthread.h>

static int ready, done;
static int go;
static __thread int mine = 3;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	mine++;
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
	mine += 10;
	probe_open(&go);
	probe_pass(&done);
	CHECK(mine == 13);
	return 0;
}

PROBE = {
	.about = "two threads write a thread-local variable",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
};
