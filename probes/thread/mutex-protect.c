/* SPDX-License-Identifier: MIT */
/* thread/mutex-protect.c: a mutex with a priority ceiling asks the scheduler
 * before it is locked. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static int setup(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_PROTECT);
	pthread_mutexattr_setprioceiling(&a, 1);
	return pthread_mutex_init(&mutex, &a);
}

/* EINVAL, EPERM: the thread may not have the ceiling's priority. */
static int run(void)
{
	int err = pthread_mutex_lock(&mutex);

	return err == EINVAL || err == EPERM ? 0 : err;
}

PROBE = {
	.about = "lock a mutex with a priority ceiling",
	.setup = setup,
	.run = run,
	.under = "four four-process",
	.flavours = "!musl",
	.expect = {
		{ DIES("sched_getparam"), .why = "the lock raises the thread's "
			"priority: with PTHREAD_PRIO_INHERIT the kernel does, "
			"within futex" },
	},
	.covers = "glibc/tst-mutexpp1",
	.seen = { "glibc 2.36 nptl/tpp.c" },
};
