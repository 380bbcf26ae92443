/* SPDX-License-Identifier: MIT */
/* thread/alone-once.c: one-time initialisation calls futex with one thread. */
#include "probe.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init(void)
{
}

static int run(void)
{
	return pthread_once(&once, init);
}

PROBE = {
	.about = "pthread_once(), alone",
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS, .under = "four" },
		{ WORKS, .libc = MUSL(1, 2, 0), .why = "musl knows that nobody "
			"came to wait" },
		{ DIES("futex"), .why = "glibc wakes whoever might wait, "
			"without looking whether anybody does" },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_once.c, __pthread_once_slow",
		"musl 1.2.3 src/thread/pthread_once.c",
	},
};
