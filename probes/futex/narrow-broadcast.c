/* SPDX-License-Identifier: MIT */
/* futex/narrow-broadcast.c: of two waiters that a broadcast wakes, the first
 * moves the second on to the mutex: in musl by FUTEX_REQUEUE. */
#include "contender.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int given, waiting, enter;
static pthread_t other;

static void *second(void *arg)
{
	probe_pass(&enter);
	pthread_mutex_lock(&lock);
	waiting = 1;
	while (!given)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	return arg;
}

static void take(void)
{
	pthread_create(&other, NULL, second, NULL);
}

/* Behind the leader in the queue comes the second waiter. */
static void give(void)
{
	probe_open(&enter);
	pthread_mutex_lock(&lock);
	while (!waiting) {
		pthread_mutex_unlock(&lock);
		probe_nap(50000);
		pthread_mutex_lock(&lock);
	}
	given = 1;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&lock);
}

static int run(void)
{
	pthread_mutex_lock(&lock);
	contender_go();
	while (!given)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	return 0;
}

PROBE = {
	.about = "wait for a condition before another thread does, and be "
		 "woken with it",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake" },
		{ WORKS },
	},
	.seen = { "musl src/thread/pthread_cond_timedwait.c, unlock_requeue",
		"glibc 2.36 nptl/futex-internal.c" },
};
