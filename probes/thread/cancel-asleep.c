/* SPDX-License-Identifier: MIT */
/*
 * thread/cancel-asleep.c: a filtered thread is cancelled, by one that is not,
 * within a wait for a condition, for a semaphore, and where it may be at any
 * time. Its handlers run, and the first has its mutex again.
 */
#include "probe.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

enum { COND, SEM, LOOP, VICTIMS };

static pthread_mutex_t mutex;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t sem;
static struct {
	pthread_t thread;
	int ready, done, tid, unlocked;
} victims[VICTIMS];
static int gate;

/* What follows a handler is the end of the thread: thread/join. */
static void clean(void *arg)
{
	long i = (long)arg;

	if (i == COND)
		victims[i].unlocked = pthread_mutex_unlock(&mutex);
	probe_open(&victims[i].done);
	sys_exit(0);
}

static void stay(long i)
{
	if (i == COND)
		for (pthread_mutex_lock(&mutex);;)
			pthread_cond_wait(&cond, &mutex);
	if (i == SEM)
		for (;;)
			sem_wait(&sem);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	for (volatile int on = 1; on;)
		;
}

static void *victim(void *arg)
{
	long i = (long)arg;

	victims[i].tid = (int)sys(__NR_gettid);
	probe_pass(&gate);
	if (probe_arm())
		return NULL;
	pthread_cleanup_push(clean, arg);
	probe_open(&victims[i].ready);
	stay(i);
	pthread_cleanup_pop(0);
	return arg;
}

static void *canceller(void *arg)
{
	for (int i = 0; i < VICTIMS; i++) {
		probe_pass(&victims[i].ready);
		if (i != LOOP && probe_wait_asleep(victims[i].tid))
			return NULL;
		pthread_cancel(victims[i].thread);
		probe_pass(&victims[i].done);
	}
	return arg;
}

static int setup(void)
{
	pthread_mutexattr_t a;
	pthread_t thread;
	int err;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_settype(&a, PTHREAD_MUTEX_ERRORCHECK);
	err = pthread_mutex_init(&mutex, &a);
	err = err ? err : pthread_create(&thread, NULL, canceller, NULL);
	for (long i = 0; i < VICTIMS && !err; i++)
		err = pthread_create(
			&victims[i].thread, NULL, victim, (void *)i);
	return err;
}

static int run(void)
{
	probe_open(&gate);
	for (int i = 0; i < VICTIMS; i++)
		probe_pass(&victims[i].done);
	CHECK(victims[COND].unlocked == 0);
	return 0;
}

PROBE = {
	.about = "threads are cancelled in a condition's wait, a semaphore's, "
		 "and anywhere",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.expect = {
		{ DIES("rt_sigreturn"), .libc = MUSL(1, 2, 0), .why = "musl's "
			"handler turns the wait's return address, and "
			"returns" },
		{ DIES("getpid"), .why = "glibc's handler asks whether the "
			"signal is this process's own" },
	},
	.covers = "glibc/tst-cond7 glibc/tst-sem11 "
		  "glibc/tst-cancel-asynchronous",
	.seen = { "glibc 2.36 nptl/pthread_cancel.c",
		"musl 1.2.3 src/thread/pthread_cancel.c" },
};
