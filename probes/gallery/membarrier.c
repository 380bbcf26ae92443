/* SPDX-License-Identifier: MIT */
/* gallery/membarrier.c: a libc that asks for its first thread. */
#include "probe.h"

#include <pthread.h>

#ifdef __GLIBC__ /* has no such function, and is not run */
#define membarrier NULL
#else
#include <sys/membarrier.h>
#endif

static void *worker(void *arg)
{
	return arg;
}

/* To refer to membarrier is enough for musl to register at the first thread. */
static int (*volatile used)(int, int) = membarrier;

static int run(void)
{
	pthread_t thread;
	int err = used ? pthread_create(&thread, NULL, worker, NULL) : EINVAL;

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "the first thread of a program that uses membarrier, without "
		 "it",
	.run = run,
	.under = "no-membarrier no-membarrier-eperm",
	.flavours = "musl",
	.symptom = "on Alpine alone: killed when it starts a thread or loads "
		   "a library",
	.diagnosis = "the filter killed it at membarrier: the start of a thread",
	.expect = {
		{ WORKS, .under = "*-eperm", .why = "it is a hint" },
		{ DIES("membarrier") },
	},
	.seen = { "https://github.com/kpcyrd/sniffglue/issues/56",
		"https://github.com/moby/moby/issues/40731" },
};
