/* SPDX-License-Identifier: MIT */
/* thread/sem-2039.c: a point in time that 32 bits cannot hold. */
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
	struct timespec ts = { .tv_sec = 2177452800 };

	return sem_timedwait(sem, &ts) ? errno : 0;
}

PROBE = {
	.about = "wait for a semaphore until 2039 at most",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+futex_time64",
	.expect = {
		{ WORKS, .flavour = "!i386" },
		{ WORKS, .under = "four+futex_time64" },
		{ CRASHES(SIGSEGV), .under = "four-eperm", .why = "\"The futex "
			"facility returned an unexpected error code\", and "
			"abort cannot" },
		{ HANGS, .under = "four-enosys", .why = "ENOSYS becomes "
			"EOVERFLOW, which sem_timedwait does not know: it asks "
			"again, and again, and burns a processor" },
		{ DIES("futex_time64"),
			.why = "32-bit programs need a second futex call" },
	},
	.seen = {
		"https://bugzilla.mindrot.org/show_bug.cgi?id=3260",
		"glibc 2.36 nptl/futex-internal.c, nptl/sem_waitcommon.c",
	},
};
