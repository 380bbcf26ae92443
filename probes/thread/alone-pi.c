/* SPDX-License-Identifier: MIT */
/* thread/alone-pi.c: a PI mutex that nobody else wants. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static int setup(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
	return pthread_mutex_init(&mutex, &a);
}

static int run(void)
{
	int err = pthread_mutex_lock(&mutex);

	return err ? err : pthread_mutex_unlock(&mutex);
}

PROBE = {
	.about = "lock and unlock a PI mutex, alone",
	.setup = setup,
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS, .why = "an unowned PI mutex is taken and left by "
				"compare-and-swap" },
	},
	.seen = { "glibc 2.36 nptl/pthread_mutex_lock.c",
		"musl 1.2.3 src/thread/pthread_mutex_trylock.c" },
};
