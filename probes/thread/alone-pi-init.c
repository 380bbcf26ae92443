/* SPDX-License-Identifier: MIT */
/* thread/alone-pi-init.c: whether the kernel knows PI is asked of futex. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static int run(void)
{
	pthread_mutexattr_t a;
	int err = pthread_mutexattr_init(&a);

	if (!err)
		err = pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
	return err ? err : pthread_mutex_init(&mutex, &a);
}

PROBE = {
	.about = "make the process's first PI mutex",
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS, .under = "four" },
		{ DIES("futex"), .why = "with glibc pthread_mutex_init asks, "
			"with musl pthread_mutexattr_setprotocol" },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_mutex_init.c, prio_inherit_missing",
		"musl 1.2.3 src/thread/pthread_mutexattr_setprotocol.c",
	},
};
