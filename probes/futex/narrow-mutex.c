/* SPDX-License-Identifier: MIT */
/* futex/narrow-mutex.c: the plain mutex needs no more than WAIT and WAKE, both
 * private. */
#include "contender.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void take(void)
{
	pthread_mutex_lock(&lock);
}

static void give(void)
{
	pthread_mutex_unlock(&lock);
}

static int run(void)
{
	contender_go();
	if (pthread_mutex_lock(&lock))
		return errno;
	pthread_mutex_unlock(&lock);
	return 0;
}

PROBE = {
	.about = "lock a mutex that another thread holds",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc nptl/lowlevellock.c, __lll_lock_wait_private",
		"musl src/thread/pthread_mutex_timedlock.c" },
};
