/* SPDX-License-Identifier: MIT */
/* malloc/killed-holder.c: a thread that the filter kills inside malloc keeps
 * the arena's lock: the others wait for ever. */
#include "probe.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

static struct shared {
	int tid, dead;
} * shared;
static int ready, go;
static void *volatile keep;

/* Grows the heap, and dies at the call under a filter: the lock is held. */
static void *worker(void *arg)
{
	(void)arg;
	shared->tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	probe_pass(&go);
	for (int i = 0; i < 1000; i++)
		if (!malloc(2000))
			break;
	sys_exit(0);
}

static int partner(void)
{
	probe_wait_ended(shared->tid);
	probe_open(&shared->dead);
	return 0;
}

static int setup(void)
{
	pthread_t thread;

	shared = probe_shared();
	mallopt(M_ARENA_MAX, 1);
	keep = malloc(10);
	if (!keep || !shared || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	void *volatile p;

	probe_open(&go);
	probe_pass(&shared->dead);
	p = malloc(2000);
	free(p);
	return 0;
}

PROBE = {
	.about = "malloc in two threads of one arena, the first of which must grow the heap",
	.setup = setup,
	.run = run,
	.under = "four-tsync four-enosys-tsync four-process-tsync",
	.flavours = "!musl",
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-enosys-tsync" },
		{ HANGS_AT("brk"), .under = "four-tsync", .why = "main_arena.mutex is locked across sysmalloc; it is not robust" },
		{ DIES("brk") },
	},
	.seen = { "glibc 2.36 malloc/malloc.c, __libc_malloc" },
};
