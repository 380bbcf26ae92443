/* SPDX-License-Identifier: MIT */
/* thread/alone-rwlock.c: a read-write lock that nobody else wants. */
#include "probe.h"

#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static int run(void)
{
	if (pthread_rwlock_rdlock(&lock) || pthread_rwlock_unlock(&lock) ||
		pthread_rwlock_wrlock(&lock) || pthread_rwlock_unlock(&lock))
		return EBADE;
	return 0;
}

PROBE = {
	.about = "read-lock and write-lock, alone",
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
