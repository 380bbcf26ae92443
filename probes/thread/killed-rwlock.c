/* SPDX-License-Identifier: MIT */
/* thread/killed-rwlock.c: a writer waits for a reader that the filter killed.
 */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	pthread_rwlock_rdlock(&lock);
	probe_open(&held);
	sys(__NR_getpid);
	pthread_rwlock_unlock(&lock);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&held);
	return pthread_rwlock_wrlock(&lock);
}

PROBE = {
	.about = "write-lock what a reader holds that calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+getpid-tsync",
	.expect = {
		{ WORKS, .under = "four four-process four-eperm-tsync "
				  "four-enosys-tsync four+getpid-tsync" },
		{ HANGS_AT("getpid"), .under = "four-tsync" },
		{ DIES("getpid") },
	},
	.seen = { "Linux kernel/seccomp.c: KILL_THREAD runs no user code" },
};
