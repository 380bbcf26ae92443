/* SPDX-License-Identifier: MIT */
/* libc/pthread_self.c: who am I, in pthreads: memory. */
#include "probe.h"

#include <pthread.h>

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init(void)
{
	pthread_key_create(&key, NULL);
}

static int run(void)
{
	CHECK(pthread_equal(pthread_self(), pthread_self()));
	pthread_once(&once, init);
	CHECK(pthread_setspecific(key, &key) == 0);
	CHECK(pthread_getspecific(key) == &key);
	return 0;
}

PROBE = {
	.about = "pthread_self, pthread_equal, a once and a key",
	.run = run,
	.under = "four three",
	.expect = {
		{ DIES("futex"), .under = "three", .flavour = "!musl",
			.why = "pthread_once wakes waiters that are not "
			       "there" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 nptl/pthread_once.c",
		"musl 1.2.3 src/thread/pthread_key_create.c" },
};
