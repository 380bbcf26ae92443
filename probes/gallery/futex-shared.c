/* SPDX-License-Identifier: MIT */
/* gallery/futex-shared.c: a filter on futex operations forgets the flag. */
#include "probe.h"

#include <semaphore.h>
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
	return sem_wait(sem) ? errno : 0;
}

PROBE = {
	.about = "wait for a process-shared semaphore; private futexes alone "
		 "are allowed",
	.setup = setup,
	.run = run,
	.under = "futex-private",
	.symptom = "bad system call 202, and futex is on the list",
	.diagnosis = "the filter killed it at futex: threads that wait",
	.expect = {
		{ DIES("futex"), .why = "without FUTEX_PRIVATE_FLAG the "
			"operation is another number" },
	},
	.seen = { "https://github.com/firecracker-microvm/firecracker/pull/2044" },
};
