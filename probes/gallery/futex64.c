/* SPDX-License-Identifier: MIT */
/* gallery/futex64.c: 32-bit programs have two futex calls. */
#define _TIME_BITS	  64
#define _FILE_OFFSET_BITS 64
#include "probe.h"

#include <semaphore.h>
#include <time.h>
#include <unistd.h>

static sem_t *sem;
static pid_t me;

static int partner(void)
{
	return probe_wait_asleep(me) || sem_post(sem);
}

static int setup(void)
{
	me = getpid();
	sem = probe_shared();
	if (!sem || sem_init(sem, 1, 0))
		return ENOMEM;
	return probe_partner(partner) < 0 ? EAGAIN : 0;
}

static int run(void)
{
	struct timespec y2039 = { .tv_sec = 2177452800 };

	return sem_timedwait(sem, &y2039) ? errno : 0;
}

PROBE = {
	.about = "a 32-bit program waits until 2039 without futex_time64",
	.setup = setup,
	.run = run,
	.under = "no-futex_time64 no-futex",
	.flavours = "i386",
	.symptom = "listed, yet never compiled in: for four and a half years "
		   "sshd on 32-bit machines died now and then",
	.diagnosis = "the filter killed it at futex_time64: threads that wait",
	.expect = {
		{ WORKS, .under = "no-futex" },
		{ DIES("futex_time64"), .libc = GLIBC(2, 34) },
	},
	.seen = { "https://bugzilla.mindrot.org/show_bug.cgi?id=3260" },
};
