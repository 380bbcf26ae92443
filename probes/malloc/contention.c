/* SPDX-License-Identifier: MIT */
/* malloc/contention.c: two threads on one arena: its lock sleeps and wakes by
 * futex, and by nothing else. */
#include "probe.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

#define LOOPS 2000

static int ready[2], go, done[2];
static void *volatile keep;

static void *worker(void *arg)
{
	long me = (long)arg;

	probe_open(ready + me);
	probe_pass(&go);
	for (int i = 0; i < LOOPS; i++) {
		/* Larger than what the tcache keeps: the arena's lock. */
		void *volatile p = malloc(2000);

		free(p);
	}
	probe_open(done + me);
	sys_exit(0);
}

static int setup(void)
{
	pthread_t thread;

	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, -1);
	mallopt(M_MMAP_MAX, 0);
	keep = malloc(1 << 20);
	free(keep);
	for (long i = 0; i < 2; i++) {
		if (pthread_create(&thread, NULL, worker, (void *)i))
			return EAGAIN;
		probe_pass(ready + i);
	}
	return 0;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(done);
	probe_pass(done + 1);
	return 0;
}

PROBE = {
	.about = "malloc and free in two threads that share an arena",
	.setup = setup,
	.run = run,
	.under = "four-tsync four-process-tsync",
	.flavours = "!musl",
	.expect = {
		{ WORKS },
	},
	.seen = { "glibc 2.36 malloc/arena.c, arena_get", "https://man7.org/linux/man-pages/man3/mallopt.3.html" },
};
