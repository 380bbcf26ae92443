/* SPDX-License-Identifier: MIT */
/* thread/alone-mutex.c: a mutex that nobody else wants. */
#include "probe.h"

#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int run(void)
{
	int err = pthread_mutex_lock(&mutex);

	return err ? err : pthread_mutex_unlock(&mutex);
}

PROBE = {
	.about = "lock and unlock a mutex, alone",
	.run = run,
	.under = "three four",
	.expect = {
		{ WORKS,
			.why = "an atomic instruction is all there is; futex "
			       "is for "
				"those who wait" },
	},
	.seen = { "https://man7.org/linux/man-pages/man7/futex.7.html" },
};
