/* SPDX-License-Identifier: MIT */
/* gallery/mprotect.c: a thread's stack is made, then opened. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "start a thread without mprotect",
	.run = run,
	.under = "no-mprotect no-mprotect-eperm",
	.symptom = "services that set MemoryDenyWriteExecute die at once on a "
		   "newer libc",
	.diagnosis = "the filter killed it at mprotect: the start of a thread",
	.expect = {
		{ WORKS, .libc = GLIBC(2, 42), .kernel = KERNEL(6, 13),
			.why = "the stack is made open, its guard by "
			       "MADV_GUARD_INSTALL" },
		{ FAILS(EAGAIN), .under = "*-eperm", .flavour = "musl" },
		{ FAILS(EPERM), .under = "*-eperm" },
		{ DIES("mprotect") },
	},
	.seen = { "https://github.com/systemd/systemd/issues/21350",
		"glibc 2.42 nptl/allocatestack.c, setup_stack_prot" },
};
