/* SPDX-License-Identifier: MIT */
/* thread/alone-cond.c: a condition that nobody waits for. */
#include "probe.h"

#include <pthread.h>

static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static int run(void)
{
	int err = pthread_cond_signal(&cond);

	return err ? err : pthread_cond_broadcast(&cond);
}

PROBE = {
	.about = "signal and broadcast a condition, alone",
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
