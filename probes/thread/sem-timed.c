/* SPDX-License-Identifier: MIT */
/* thread/sem-timed.c: a timed wait for a semaphore. */
#include "probe.h"

#include <semaphore.h>
#include <time.h>

static sem_t sem;

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

	CHECK(sem_timedwait(&sem, &ts) && errno == ETIMEDOUT);
	return 0;
}

PROBE = {
	.about = "wait a millisecond for a semaphore",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-sem5",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
