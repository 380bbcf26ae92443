/* SPDX-License-Identifier: MIT */
/* malloc/thread-first.c: the first malloc of a thread makes an arena of its
 * own: mmap. */
#include "probe.h"

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

	keep = malloc(10);
	free(malloc(11));
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
	.about = "the first malloc of a second thread",
	.setup = setup,
	.run = run,
	.under = "four-tsync four-process-tsync four+heap",
	.expect = {
		{ WORKS, .under = "four+heap" },
		{ WORKS, .flavour = "musl", .why = "musl has one heap" },
		{ HANGS_AT("mmap|mmap2"), .under = "four-tsync", .why = "the worker dies alone; the leader waits for it" },
		{ DIES("mmap|mmap2") },
	},
	.seen = { "glibc 2.36 malloc/arena.c", "musl 1.2.3 src/malloc/mallocng" },
};
