/* SPDX-License-Identifier: MIT */
/*
 * thread/robust-ways.c: mutexes whose owner is gone, plain and PI: every way to
 * lock one says EOWNERDEAD, and one that is given back as it is can never be
 * had again.
 */
#include "probe.h"

#include <pthread.h>
#include <time.h>

enum { TRIED_FIRST, TIMED, LOCKED, LEFT, WAYS };

static pthread_mutex_t mutexes[2][WAYS], first;

/* Ends with all of them. */
static void *owner(void *arg)
{
	for (int pi = 0; pi < 2; pi++)
		for (int i = 0; i < WAYS; i++)
			pthread_mutex_lock(&mutexes[pi][i]);
	return arg;
}

static int init(pthread_mutex_t *mutex, int protocol)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	return pthread_mutexattr_setprotocol(&a, protocol)
		       ? ENOTSUP
		       : pthread_mutex_init(mutex, &a);
}

static int setup(void)
{
	pthread_t thread;
	int err = init(&first, PTHREAD_PRIO_NONE);

	for (int i = 0; i < WAYS && !err; i++) {
		err = init(&mutexes[0][i], PTHREAD_PRIO_NONE);
		err = err ? err : init(&mutexes[1][i], PTHREAD_PRIO_INHERIT);
	}
	/* The leader's list is announced: thread/robust-first. */
	err = err ? err : pthread_mutex_lock(&first);
	err = err ? err : pthread_create(&thread, NULL, owner, NULL);
	return err ? err : pthread_join(thread, NULL);
}

static int mend(pthread_mutex_t *mutex)
{
	CHECK(pthread_mutex_consistent(mutex) == 0);
	CHECK(pthread_mutex_unlock(mutex) == 0);
	CHECK(pthread_mutex_lock(mutex) == 0);
	return pthread_mutex_unlock(mutex);
}

static int try(pthread_mutex_t *m)
{
	const struct timespec past = { 1, 0 };
	int err;

	CHECK(pthread_mutex_trylock(m + TRIED_FIRST) == EOWNERDEAD);
	CHECK(pthread_mutex_timedlock(m + TIMED, &past) == EOWNERDEAD);
	CHECK(pthread_mutex_lock(m + LOCKED) == EOWNERDEAD);
	for (int i = 0; i < LEFT; i++)
		if ((err = mend(m + i)))
			return err;
	CHECK(pthread_mutex_lock(m + LEFT) == EOWNERDEAD);
	CHECK(pthread_mutex_unlock(m + LEFT) == 0);
	CHECK(pthread_mutex_lock(m + LEFT) == ENOTRECOVERABLE);
	CHECK(pthread_mutex_trylock(m + LEFT) == ENOTRECOVERABLE);
	return 0;
}

static int run(void)
{
	int err = try(mutexes[0]);

	return err ? err : try(mutexes[1]);
}

PROBE = {
	.about = "lock robust mutexes of an ended thread in three ways, mend "
		 "them, and give one back unmended",
	.setup = setup,
	.run = run,
	.under = "four four-eperm",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-robust1 glibc/tst-robust2 glibc/tst-robust3 "
		  "glibc/tst-robust7 glibc/tst-robustpi1",
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "pthread_mutexattr_setrobust.3.html" },
};
