/* SPDX-License-Identifier: MIT */
/* thread/mutex-clocklock.c: a mutex waited for by either clock, plain and PI:
 * the steady clock takes FUTEX_LOCK_PI2. */
#include "probe.h"

#include <pthread.h>
#include <time.h>

static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER, pi;
static int ready, end, lives = 1;

static void *owner(void *arg)
{
	pthread_mutex_lock(&plain);
	pthread_mutex_lock(&pi);
	probe_open(&ready);
	probe_pass(&end);
	__atomic_store_n(&lives, 0, __ATOMIC_SEQ_CST);
	probe_wake(&lives, 1);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_mutexattr_t a;
	pthread_t thread;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
	if (pthread_mutex_init(&pi, &a) ||
		pthread_create(&thread, NULL, owner, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

/* A millisecond from now. */
static int wait_for(pthread_mutex_t *mutex, clockid_t clock)
{
	/* Long ago, where the clock is refused with an errno. */
	struct timespec ts = { 0 };

	clock_gettime(clock, &ts);
	ts.tv_nsec += 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	return pthread_mutex_clocklock(mutex, clock, &ts);
}

static int run(void)
{
	CHECK(wait_for(&plain, CLOCK_REALTIME) == ETIMEDOUT);
	CHECK(wait_for(&plain, CLOCK_MONOTONIC) == ETIMEDOUT);
	CHECK(wait_for(&pi, CLOCK_REALTIME) == ETIMEDOUT);
	CHECK(wait_for(&pi, CLOCK_MONOTONIC) == ETIMEDOUT);
	probe_open(&end);
	probe_join(&lives);
	return 0;
}

PROBE = {
	.about = "wait a millisecond for held mutexes by each clock",
	.setup = setup,
	.run = run,
	.under = "four four-eperm",
	.flavours = "!musl",
	.has = "lock_pi2",
	.expect = {
		{ ZOMBIE_AT("clock_gettime|clock_gettime64"),
			.under = "four", .has = "!vdso_clock" },
		{ WORKS },
	},
	.covers = "glibc/tst-mutexpi5 glibc/tst-mutexpi10",
	.seen = { "glibc 2.36 nptl/futex-internal.c, __futex_lock_pi64" },
};
