/* SPDX-License-Identifier: MIT */
/*
 * thread/robust-left.c: who sleeps for a robust mutex is told ENOTRECOVERABLE
 * when it is given back as its dead owner left it: each of those that sleep for
 * a PI mutex, but of those for a plain one the first alone.
 */
#include "probe.h"

#include <pthread.h>
#include <time.h>

enum { SLEEPERS = 3 };

static pthread_mutex_t mutexes[2];
static struct {
	pthread_mutex_t *mutex;
	int tid, ready, done, got;
} sleepers[2 * SLEEPERS];

static struct timespec end;

static void *owner(void *arg)
{
	pthread_mutex_lock(mutexes);
	pthread_mutex_lock(mutexes + 1);
	return arg;
}

/* Nobody may wake these. */
static bool is_timed(int i)
{
	return i > 0 && i < SLEEPERS;
}

static void *sleeper(void *arg)
{
	int i = (int)(long)arg;

	sleepers[i].tid = (int)sys(__NR_gettid);
	probe_open(&sleepers[i].ready);
	sleepers[i].got = is_timed(i) ? pthread_mutex_timedlock(mutexes, &end)
				      : pthread_mutex_lock(sleepers[i].mutex);
	probe_open(&sleepers[i].done);
	sys_exit(0);
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

static int start(long i)
{
	pthread_t thread;
	int err;

	sleepers[i].mutex = mutexes + i / SLEEPERS;
	if (pthread_create(&thread, NULL, sleeper, (void *)i))
		return EAGAIN;
	probe_pass(&sleepers[i].ready);
	err = probe_wait_asleep(sleepers[i].tid);
	return is_timed(i) && err == ESRCH ? 0 : err; /* slept enough */
}

static int setup(void)
{
	pthread_t thread;
	int err = init(mutexes, PTHREAD_PRIO_NONE);

	err = err ? err : init(mutexes + 1, PTHREAD_PRIO_INHERIT);
	err = err ? err : pthread_create(&thread, NULL, owner, NULL);
	err = err ? err : pthread_join(thread, NULL);
	if (err)
		return err;
	CHECK(pthread_mutex_lock(mutexes) == EOWNERDEAD);
	CHECK(pthread_mutex_lock(mutexes + 1) == EOWNERDEAD);
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_nsec += 300000000;
	end.tv_sec += end.tv_nsec / 1000000000;
	end.tv_nsec %= 1000000000;
	for (long i = 0; i < 2 * SLEEPERS && !err; i++)
		err = start(i);
	return err;
}

static int run(void)
{
	int told = 0;

	CHECK(pthread_mutex_unlock(mutexes) == 0);
	CHECK(pthread_mutex_unlock(mutexes + 1) == 0);
	for (int i = 0; i < 2 * SLEEPERS; i++) {
		probe_pass(&sleepers[i].done);
		told += sleepers[i].got == ENOTRECOVERABLE;
		CHECK(sleepers[i].got == ENOTRECOVERABLE ||
			(is_timed(i) && sleepers[i].got == ETIMEDOUT));
	}
	probe_value(told);
	return 0;
}

PROBE = {
	.about = "give back a dead owner's mutex unmended while three threads "
		 "sleep for it",
	.setup = setup,
	.run = run,
	.under = "four-tsync",
	.expect = {
		{ WORKS, .why = "glibc 2.36 wakes one sleeper, which passes "
				"it on if the word is above 1: with "
				"FUTEX_WAITERS in it, it is negative; musl "
				"wakes one, which wakes nobody. The others "
				"sleep for ever, or until their time" },
	},
	.covers = "glibc/tst-robust7 glibc/tst-robustpi1",
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "pthread_mutexattr_setrobust.3.html",
		"glibc 2.36 nptl/pthread_mutex_unlock.c" },
};
