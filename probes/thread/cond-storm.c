/* SPDX-License-Identifier: MIT */
/* thread/cond-storm.c: broadcasts without end to threads that come and go from
 * their waits: none is missed. */
#include "probe.h"

#include <pthread.h>

enum { WORKERS = 4, ROUNDS = 100 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t next = PTHREAD_COND_INITIALIZER,
		      all = PTHREAD_COND_INITIALIZER;
static int gate, started, round_now, arrived, done[WORKERS];

static void *worker(void *arg)
{
	__atomic_add_fetch(&started, 1, __ATOMIC_SEQ_CST);
	probe_pass(&gate);
	pthread_mutex_lock(&mutex);
	for (int i = 1; i <= ROUNDS; i++) {
		while (round_now < i)
			pthread_cond_wait(&next, &mutex);
		if (++arrived == WORKERS)
			pthread_cond_broadcast(&all);
	}
	pthread_mutex_unlock(&mutex);
	probe_open(&done[(long)arg]);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	for (long i = 0; i < WORKERS; i++)
		if (pthread_create(&thread, NULL, worker, (void *)i))
			return EAGAIN;
	while (__atomic_load_n(&started, __ATOMIC_SEQ_CST) < WORKERS)
		probe_nap(100000);
	return 0;
}

static int run(void)
{
	probe_open(&gate);
	pthread_mutex_lock(&mutex);
	for (int i = 1; i <= ROUNDS; i++) {
		arrived = 0;
		round_now = i;
		pthread_cond_broadcast(&next);
		while (arrived < WORKERS)
			pthread_cond_wait(&all, &mutex);
	}
	pthread_mutex_unlock(&mutex);
	for (int i = 0; i < WORKERS; i++)
		probe_pass(&done[i]);
	return 0;
}

PROBE = {
	.about = "a hundred broadcasts to four threads, each round awaited",
	.setup = setup,
	.run = run,
	.under = "four-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-cond16",
	.seen = { "https://man7.org/linux/man-pages/man3/"
		  "pthread_cond_broadcast.3p.html" },
};
