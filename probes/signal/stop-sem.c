/* SPDX-License-Identifier: MIT */
/* signal/stop-sem.c: a semaphore with a time-out over a stop. */
#include "probe.h"

#include <semaphore.h>
#include <time.h>

static sem_t *sem;
static struct timespec deadline;

static int then(void)
{
	return sem_post(sem) ? 1 : 0;
}

static int setup(void)
{
	deadline.tv_sec = time(NULL) + 60;
	sem = probe_shared();
	if (!sem || sem_init(sem, 1, 0))
		return errno;
	return probe_signal_me(SIGSTOP, then);
}

static int run(void)
{
	return sem_timedwait(sem, &deadline) ? errno : 0;
}

PROBE = {
	.about = "sem_timedwait(); SIGSTOP, SIGCONT, then a post",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+restart_syscall",
	.expect = {
		{ WORKS, .under = "four+restart_syscall" },
		{ WORKS, .under = "four-eperm four-enosys",
			.libc = MUSL(1, 2, 0),
			.why = "musl takes an unknown error for a spurious "
			       "wake-up and waits again" },
		{ CRASHES(SIGSEGV), .under = "four-eperm four-enosys",
			.why = "\"The futex facility returned an unexpected "
			       "error code\", which cannot be printed, then "
			       "abort's hlt" },
		{ DIES("restart_syscall") },
	},
	.covers = "glibc/tst-eintr1",
	.seen = {
		"glibc 2.36 nptl/futex-internal.c",
		"musl 1.2.3 src/thread/__timedwait.c",
		"https://github.com/moby/moby/issues/20818",
	},
};
