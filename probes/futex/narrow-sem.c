/* SPDX-License-Identifier: MIT */
/* futex/narrow-sem.c: a semaphore needs WAIT_BITSET in glibc, and WAIT alone in
 * musl. */
#include "contender.h"

#include <semaphore.h>

static sem_t sem;

static void take(void)
{
	sem_init(&sem, 0, 0);
}

static void give(void)
{
	sem_post(&sem);
}

static int run(void)
{
	contender_go();
	if (sem_wait(&sem))
		return errno;
	return 0;
}

PROBE = {
	.about = "wait for a semaphore until another thread posts it",
	.setup = contender_start,
	.run = run,
	.under = "four futex-wait-wake futex-private",
	.expect = {
		{ DIES("futex"), .under = "futex-wait-wake", .libc = GLIBC(2, 0),
			.why = "glibc sleeps by FUTEX_WAIT_BITSET" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 nptl/futex-internal.c, __futex_abstimed_wait_common",
		"musl src/thread/sem_timedwait.c" },
};
