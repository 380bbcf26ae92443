/* SPDX-License-Identifier: MIT */
/* thread/robust-first.c: the first shared robust mutex that a thread locks. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex;

static int setup(void)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
	return pthread_mutex_init(&mutex, &a);
}

static int run(void)
{
	return pthread_mutex_lock(&mutex);
}

PROBE = {
	.about = "lock the first robust mutex that processes may share",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+set_robust_list",
	.expect = {
		{ WORKS, .under = "four+set_robust_list" },
		{ DIES("set_robust_list"), .libc = MUSL(1, 2, 0),
			.under = "four four-process four-trap",
			.why = "musl tells the kernel of the list when the "
			       "thread first needs one" },
		{ WORKS, .why = "glibc registers the list as each thread "
				"starts; musl does not look at the refusal, "
				"and a dead owner would go unnoticed" },
	},
	.seen = { "musl 1.2.3 src/thread/pthread_mutex_trylock.c" },
};
