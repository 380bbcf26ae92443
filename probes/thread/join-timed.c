/* SPDX-License-Identifier: MIT */
/* thread/join-timed.c: a join that waits so long and no longer. */
#include "probe.h"

#include <pthread.h>
#include <time.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	return arg;
}

static int setup(void)
{
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int join(clockid_t clock, long ms)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	ts.tv_sec += ms / 1000;
	ts.tv_nsec += ms % 1000 * 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
#ifdef __GLIBC__
	if (clock != CLOCK_REALTIME)
		return pthread_clockjoin_np(thread, NULL, clock, &ts);
#endif
	return pthread_timedjoin_np(thread, NULL, &ts);
}

static int run(void)
{
	CHECK(pthread_tryjoin_np(thread, NULL) == EBUSY);
	CHECK(join(CLOCK_REALTIME, 1) == ETIMEDOUT);
#ifdef __GLIBC__
	CHECK(join(CLOCK_MONOTONIC, 1) == ETIMEDOUT);
	probe_open(&go);
	return join(CLOCK_MONOTONIC, 3600000);
#else
	probe_open(&go);
	return join(CLOCK_REALTIME, 3600000);
#endif
}

PROBE = {
	.about = "join a thread in vain for a millisecond, then in earnest",
	.setup = setup,
	.run = run,
	.under = "four four-process",
	.expect = {
		{ ZOMBIE_AT("clock_gettime|clock_gettime64"),
			.under = "four", .has = "!vdso_clock" },
		{ DIES("clock_gettime|clock_gettime64"),
			.has = "!vdso_clock" },
		{ DIES("munmap"), .libc = MUSL(1, 2, 0),
			.why = "the joiner frees the stack" },
		{ WORKS },
	},
	.covers = "glibc/tst-join5",
	.seen = { "glibc 2.36 nptl/pthread_join_common.c" },
};
