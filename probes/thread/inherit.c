/* SPDX-License-Identifier: MIT */
/* thread/inherit.c: a thread made behind the filter is under it. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	sys(__NR_getppid);
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "start a thread that calls getppid, and join it",
	.run = run,
	.under = "four+threads",
	.expect = {
		{ HANGS_AT("getppid"), .libc = MUSL(1, 2, 0), .why = "musl's "
			"join waits for a word that only pthread_exit writes" },
		{ LOSES("getppid"), .why = "pthread_join returns 0" },
	},
	.seen = {
		"https://man7.org/linux/man-pages/man2/seccomp.2.html",
		"https://github.com/checkpoint-restore/criu/issues/725",
	},
};
