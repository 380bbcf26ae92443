/* SPDX-License-Identifier: MIT */
/* thread/mutex-timed.c: a timed wait for a mutex. */
#include "probe.h"

#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* A millisecond from now. */
static struct timespec soon(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	return ts;
}

static int run(void)
{
	struct timespec ts = soon();

	pthread_mutex_lock(&mutex);
	CHECK(pthread_mutex_timedlock(&mutex, &ts) == ETIMEDOUT);
	return 0;
}

PROBE = {
	.about = "wait a millisecond for a mutex that one holds oneself",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
