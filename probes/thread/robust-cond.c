/* SPDX-License-Identifier: MIT */
/* thread/robust-cond.c: a wait for a condition ends with EOWNERDEAD when who
 * told of it ended with the mutex. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int ready, go;
static bool told;
static long leader;

static void *owner(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	if (!probe_wait_asleep(leader) && !pthread_mutex_lock(&mutex)) {
		told = true;
		pthread_cond_signal(&cond);
	}
	return arg;
}

static int setup(void)
{
	pthread_mutexattr_t a;
	pthread_t thread;

	leader = sys(__NR_gettid);
	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	if (pthread_mutex_init(&mutex, &a) || pthread_mutex_lock(&mutex) ||
		pthread_create(&thread, NULL, owner, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	int err = 0;

	probe_open(&go);
	while (!told && !err)
		err = pthread_cond_wait(&cond, &mutex);
	CHECK(told && err == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&mutex) == 0);
	return pthread_mutex_unlock(&mutex);
}

PROBE = {
	.about = "wait for a condition whose signaller ends with the robust "
		 "mutex",
	.setup = setup,
	.run = run,
	.under = "four four-eperm",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-robust4",
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "pthread_cond_wait.3p.html: EOWNERDEAD" },
};
