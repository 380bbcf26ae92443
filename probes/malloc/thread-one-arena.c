/* SPDX-License-Identifier: MIT */
/* malloc/thread-one-arena.c: M_ARENA_MAX 1 keeps every thread on the warm
 * heap. */
#include "probe.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

static int ready, go, done, err;
static void *volatile keep;

static void *worker(void *arg)
{
	(void)arg;
	probe_open(&ready);
	probe_pass(&go);
	void *volatile p = malloc(10);

	err = p ? 0 : ENOMEM;

	probe_open(&done);
	sys_exit(0);
}

static int setup(void)
{
	pthread_t thread;

	mallopt(M_ARENA_MAX, 1);
	keep = malloc(10);
	if (pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&done);
	return err;
}

PROBE = {
	.about = "the first malloc of a second thread, after mallopt",
	.setup = setup,
	.run = run,
	.under = "four-tsync four-process-tsync",
	.flavours = "!musl",
	.expect = {
		{ WORKS, .why = "tcache and arena come from the heap that is there" },
	},
	.seen = { "https://man7.org/linux/man-pages/man3/mallopt.3.html" },
};
