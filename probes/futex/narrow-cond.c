/* SPDX-License-Identifier: MIT */
/* futex/narrow-cond.c: a condition variable needs WAIT_BITSET in glibc, and
 * WAIT alone in musl. */
#include "contender.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int given;

static void take(void)
{
}

static void give(void)
{
	pthread_mutex_lock(&lock);
	given = 1;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
}

static int run(void)
{
	contender_go();
	pthread_mutex_lock(&lock);
	while (!given)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	return 0;
}

PROBE = {
	.about = "wait for a condition until another thread signals it",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake", .libc = GLIBC(2, 0),
			.why = "glibc sleeps by FUTEX_WAIT_BITSET" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 nptl/futex-internal.c, __futex_abstimed_wait_common",
		"musl src/thread/pthread_cond_timedwait.c" },
};
