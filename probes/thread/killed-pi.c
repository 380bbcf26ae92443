/* SPDX-License-Identifier: MIT */
/* thread/killed-pi.c: a PI mutex whose holder the filter killed before
 * anyone waited. */
#include "probe.h"

#include <pthread.h>

static struct shared {
	int tid, dead;
} * shared;
static int ready, go;
static pthread_mutex_t mutex;

static int init(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT);
	return pthread_mutex_init(&mutex, &a);
}

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	shared->tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	probe_pass(&go);
	pthread_mutex_lock(&mutex);
	sys(__NR_getpid);
	pthread_mutex_unlock(&mutex);
	sys_exit(0);
	return arg;
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
	if (!shared || init() || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&shared->dead);
	return pthread_mutex_lock(&mutex);
}

PROBE = {
	.about = "lock a PI mutex whose holder calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+getpid-tsync",
	.expect = {
		{ WORKS, .under = "four four-process four-eperm-tsync "
				  "four-enosys-tsync four+getpid-tsync" },
		{ HANGS_AT("getpid"), .under = "four-tsync",
			.why = "FUTEX_LOCK_PI fails with ESRCH, and both libcs "
			       "then wait for ever: POSIX knows no other "
			       "answer" },
		{ DIES("getpid") },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_mutex_lock.c:460",
		"musl 1.2.3 src/thread/pthread_mutex_timedlock.c",
	},
};
