/* SPDX-License-Identifier: MIT */
/* gallery/join.c: who joins a thread that was killed. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	sys(__NR_getpid);
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "join a thread that the filter killed at getpid",
	.run = run,
	.under = "no-getpid-thread",
	.flavours = "musl glibc glibc-static i386",
	.symptom = "a test hangs on Alpine, and nowhere else",
	.diagnosis = "*killed*getpid*",
	.expect = {
		{ HANGS_AT("getpid"), .flavour = "musl", .why = "its join waits "
			"for a word that pthread_exit alone writes" },
		{ LOSES("getpid") },
	},
	.seen = { "https://github.com/checkpoint-restore/criu/issues/725" },
};
