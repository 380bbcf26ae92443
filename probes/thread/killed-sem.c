/* SPDX-License-Identifier: MIT */
/* thread/killed-sem.c: the thread that would post was killed. */
#include "probe.h"

#include <pthread.h>
#include <semaphore.h>

static int ready, go, held;
static sem_t sem;

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);

	probe_open(&held);
	sys(__NR_getpid);
	sem_post(&sem);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (sem_init(&sem, 0, 0) || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&held);
	return sem_wait(&sem) ? errno : 0;
}

PROBE = {
	.about = "wait for a semaphore whose poster calls getpid first",
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
