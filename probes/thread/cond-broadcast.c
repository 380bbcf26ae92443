/* SPDX-License-Identifier: MIT */
/* thread/cond-broadcast.c: a condition that many wait for. */
#include "probe.h"

#include <pthread.h>

enum { WORKERS = 4 };

static bool told;
static int ready[WORKERS], done[WORKERS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void *worker(void *arg)
{
	int i = *(int *)arg;

	pthread_mutex_lock(&mutex);
	probe_open(&ready[i]);
	while (!told)
		pthread_cond_wait(&cond, &mutex);
	pthread_mutex_unlock(&mutex);
	probe_open(&done[i]);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	static int index[WORKERS];
	pthread_t thread;

	for (int i = 0; i < WORKERS; i++) {
		index[i] = i;
		if (pthread_create(&thread, NULL, worker, &index[i]))
			return EAGAIN;
		probe_pass(&ready[i]);
	}
	return 0;
}

static int run(void)
{
	pthread_mutex_lock(&mutex);
	told = true;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&mutex);
	for (int i = 0; i < WORKERS; i++)
		probe_pass(&done[i]);
	return 0;
}

PROBE = {
	.about = "broadcast a condition that 4 threads wait for",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-cond2 glibc/tst-cond16",
	.seen = {
		"https://man7.org/linux/man-pages/man3/pthread_cond_broadcast.3p.html",
	},
};
