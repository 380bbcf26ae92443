/* SPDX-License-Identifier: MIT */
/* thread/alone-sem.c: a semaphore that nobody waits for. */
#include "probe.h"

#include <semaphore.h>

static sem_t sem;

static int run(void)
{
	return sem_post(&sem) || sem_wait(&sem) ? errno : 0;
}

PROBE = {
	.about = "post and take a semaphore, alone",
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
