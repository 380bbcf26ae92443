/* SPDX-License-Identifier: MIT */
/* thread/sem-timed.c: a timed wait for a semaphore. */
#include "probe.h"

#include <semaphore.h>
#include <time.h>

static sem_t sem;

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

	CHECK(sem_timedwait(&sem, &ts) && errno == ETIMEDOUT);
	return 0;
}

PROBE = {
	.about = "wait a millisecond for a semaphore",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap",
	.expect = {
		{ DIES("clock_gettime|clock_gettime64"), .has = "!vdso_clock",
			.under = "!four-eperm !four-enosys", .why = "the time "
			"until which it waits, where the vDSO has no clock" },
		{ WORKS },
	},
	.covers = "glibc/tst-sem5",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
