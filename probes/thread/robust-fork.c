/* SPDX-License-Identifier: MIT */
/* thread/robust-fork.c: after fork() the child has a robust list of its own:
 * its end marks its locks, and not those of its parent. */
#include "probe.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

/* In memory that both share. */
static pthread_mutex_t *ours, *theirs;

static int init(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
	return pthread_mutex_init(mutex, &a);
}

static int setup(void)
{
	int status;
	pid_t child;

	ours = probe_shared();
	if (!ours)
		return ENOMEM;
	theirs = ours + 1;
	if (init(ours) || init(theirs) || pthread_mutex_lock(ours))
		return EAGAIN;
	child = fork();
	if (child == 0)
		_exit(pthread_mutex_lock(theirs));
	return child > 0 && waitpid(child, &status, 0) == child && !status
		       ? 0
		       : ECHILD;
}

static int run(void)
{
	CHECK(pthread_mutex_trylock(ours) == EBUSY);
	CHECK(pthread_mutex_unlock(ours) == 0);
	CHECK(pthread_mutex_lock(ours) == 0);
	CHECK(pthread_mutex_lock(theirs) == EOWNERDEAD);
	return pthread_mutex_consistent(theirs);
}

PROBE = {
	.about = "lock what a child ended with, and what it inherited",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "glibc/tst-robust-fork",
	.seen = { "glibc 2.36 sysdeps/nptl/_Fork.c",
		"musl 1.2.3 src/process/_Fork.c" },
};
