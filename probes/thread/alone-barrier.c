/* SPDX-License-Identifier: MIT */
/* thread/alone-barrier.c: a barrier for one. */
#include "probe.h"

#include <pthread.h>

static pthread_barrier_t barrier;

static int run(void)
{
	if (pthread_barrier_init(&barrier, NULL, 1))
		return EBADE;
	CHECK(pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD);
	return 0;
}

PROBE = {
	.about = "pass a barrier for one thread",
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS, .under = "four" },
		{ WORKS, .libc = MUSL(1, 2, 0) },
		{ DIES("futex"), .why = "glibc wakes whoever might wait" },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_barrier_wait.c",
		"musl 1.2.3 src/thread/pthread_barrier_wait.c",
	},
};
