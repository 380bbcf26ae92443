/* SPDX-License-Identifier: MIT */
/* thread/killed-robust-shared.c: a shared robust mutex outlives the kill of its
 * holder. */
#include "probe.h"

#include <pthread.h>

static int ready, go, held;
static pthread_mutex_t mutex;

static int init(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
	return pthread_mutex_init(&mutex, &a);
}

/* At a thread's first such lock musl tells the kernel of its list. */
static int warm(void)
{
	pthread_mutex_lock(&mutex);
	return pthread_mutex_unlock(&mutex);
}

/* Killed at getpid under a filter. */
static void *worker(void *arg)
{
	warm();
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

	if (init() || warm() || pthread_create(&thread, NULL, worker, NULL))
		return EAGAIN;
	probe_pass(&ready);
	return 0;
}

static int run(void)
{
	int err;

	probe_open(&go);
	probe_pass(&held);
	err = pthread_mutex_lock(&mutex);
	return err == EOWNERDEAD ? pthread_mutex_consistent(&mutex) : err;
}

PROBE = {
	.about = "lock a shared robust mutex whose holder calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+getpid-tsync",
	.expect = {
		{ WORKS, .under = "four four-process four-eperm-tsync "
				  "four-enosys-tsync four+getpid-tsync" },
		{ LOSES("getpid"), .under = "four-tsync",
			.why = "the kernel walks the list after a kill "
			       "too: EOWNERDEAD" },
		{ DIES("getpid") },
	},
	.covers = "glibc/tst-robust8",
	.seen = {
		"https://man7.org/linux/man-pages/man2/set_robust_list.2.html",
	},
};
