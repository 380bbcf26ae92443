/* SPDX-License-Identifier: MIT */
/* libc/sem-sleep.c: a semaphore that nobody posts sleeps for a given time, by
 * futex alone. */
#include "probe.h"

#include <semaphore.h>
#include <time.h>

static sem_t sem;

static int run(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += 2000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	CHECK(sem_timedwait(&sem, &t) && errno == ETIMEDOUT);
	return 0;
}

PROBE = {
	.about = "sem_timedwait for 2 ms on an empty semaphore",
	.run = run,
	.under = "four futex-wait-wake",
	.expect = {
		{ DIES("clock_gettime|clock_gettime64"), .has = "!vdso_clock" },
		{ DIES("futex"),
			.under = "futex-wait-wake",
			.flavour = "glibc glibc-static",
			.why = "glibc waits by FUTEX_WAIT_BITSET" },
		{ DIES("futex"), .under = "futex-wait-wake",
			.flavour = "i386" },
		{ WORKS, .flavour = "!i386" },
		{ WORKS },
	},
	.seen = { "glibc 2.36 nptl/sem_waitcommon.c" },
};
