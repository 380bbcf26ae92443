/* SPDX-License-Identifier: MIT */
/* futex/narrow-mutex-shared.c: a process-shared mutex is what a filter for
 * private futexes refuses. */
#include "contender.h"

static pthread_mutex_t lock;

static void take(void)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
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
	.about = "lock a process-shared mutex that another thread holds",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private" },
		{ WORKS },
	},
	.seen = { "glibc nptl/lowlevellock.c, __lll_lock_wait",
		"musl src/thread/pthread_mutex_timedlock.c" },
};
