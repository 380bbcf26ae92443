/* SPDX-License-Identifier: MIT */
/* futex/narrow-rwlock.c: a read-write lock sleeps as a condition variable
 * does. */
#include "contender.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void take(void)
{
	pthread_rwlock_wrlock(&lock);
}

static void give(void)
{
	pthread_rwlock_unlock(&lock);
}

static int run(void)
{
	contender_go();
	pthread_rwlock_rdlock(&lock);
	pthread_rwlock_unlock(&lock);
	return 0;
}

PROBE = {
	.about = "read-lock a lock that another thread holds for writing",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake", .libc = GLIBC(2, 0),
			.why = "glibc sleeps by FUTEX_WAIT_BITSET" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 nptl/futex-internal.c, __futex_abstimed_wait_common",
		"musl src/thread/pthread_rwlock_timedrdlock.c" },
};
