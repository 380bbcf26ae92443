/* SPDX-License-Identifier: MIT */
/* futex/narrow-mutex-pi.c: a PI mutex that is contended needs LOCK_PI. */
#include "contender.h"

static pthread_mutex_t lock;

static void take(void)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_INHERIT);
	pthread_mutex_init(&lock, &attr);
	pthread_mutex_lock(&lock);
}

static void give(void)
{
	pthread_mutex_unlock(&lock);
}

static int run(void)
{
	contender_go();
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
	return 0;
}

PROBE = {
	.about = "lock a PI mutex that another thread holds",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "glibc nptl/futex-internal.c, __futex_lock_pi64",
		"musl src/thread/pthread_mutex_timedlock.c, pthread_mutex_timedlock_pi" },
};
