/* SPDX-License-Identifier: MIT */
/* futex/narrow-mutex-robust.c: a robust mutex is shared in glibc, whoever uses
 * it: the kernel wakes no private sleeper. */
#include "contender.h"

static pthread_mutex_t lock;

static void take(void)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
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
	.about = "lock a robust mutex that another thread holds",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-private", .libc = GLIBC(2, 0),
			.why = "PTHREAD_ROBUST_MUTEX_PSHARED is LLL_SHARED" },
		{ WORKS, .libc = MUSL(0, 0, 0),
			.why = "musl looks after its private robust locks "
			       "itself, at pthread_exit" },
		{ WORKS },
	},
	.seen = { "glibc sysdeps/nptl/pthreadP.h, PTHREAD_ROBUST_MUTEX_PSHARED",
		"musl src/thread/pthread_mutex_trylock.c" },
};
