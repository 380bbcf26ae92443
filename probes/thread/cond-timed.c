/* SPDX-License-Identifier: MIT */
/* thread/cond-timed.c: a timed wait for a condition. */
#include "probe.h"

#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

/* A millisecond from now. */
static struct timespec soon(void)
{
	/* Long ago, where the clock is refused with an errno. */
	struct timespec ts = { 0 };

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
	CHECK(pthread_cond_timedwait(&cond, &mutex, &ts) == ETIMEDOUT);
	return pthread_mutex_unlock(&mutex);
}

PROBE = {
	.about = "wait a millisecond for a condition",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ DIES("clock_gettime|clock_gettime64"), .has = "!vdso_clock",
			.under = "!four-eperm !four-enosys", .why = "the time "
			"until which it waits, where the vDSO has no clock" },
		{ WORKS, .why = "a time-out that ends by itself needs no "
				"restart_syscall" },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
