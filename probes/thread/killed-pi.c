/* SPDX-License-Identifier: MIT */
/* thread/killed-pi.c: a PI mutex whose holder the filter killed. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
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
	probe_open(&ready);
	probe_pass(&go);
	pthread_mutex_lock(&mutex);
	probe_open(&held);
	sys(__NR_getpid);
	pthread_mutex_unlock(&mutex);
	sys_exit(0);
	return arg;
}

static int setup(void)
{
	pthread_t thread;

	if (init() || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	probe_open(&go);
	probe_pass(&held);
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
			.libc = MUSL(1, 2, 0), .why = "ESRCH, then a wait for "
			"ever: POSIX knows no other answer" },
		{ MASKS(SIGABRT, "mmap|mmap2"), .under = "four-tsync",
			.why = "glibc keeps PI mutexes in the robust list: the "
			       "kernel marks the owner's death, and an "
			       "assertion in pthread_mutex_lock fails" },
		{ DIES("getpid") },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_mutex_lock.c:460",
		"musl 1.2.3 src/thread/pthread_mutex_timedlock.c",
	},
};
