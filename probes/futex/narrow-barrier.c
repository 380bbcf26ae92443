/* SPDX-License-Identifier: MIT */
/* futex/narrow-barrier.c: a barrier needs no more than WAIT and WAKE. */
#include "contender.h"

static pthread_barrier_t barrier;

static void take(void)
{
	pthread_barrier_init(&barrier, NULL, 2);
}

static void give(void)
{
	pthread_barrier_wait(&barrier);
}

static int run(void)
{
	contender_go();
	pthread_barrier_wait(&barrier);
	return 0;
}

PROBE = {
	.about = "wait at a barrier until another thread comes",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc nptl/pthread_barrier_wait.c: futex_wait_simple",
		"musl src/thread/pthread_barrier_wait.c" },
};
