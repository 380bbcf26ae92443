/* SPDX-License-Identifier: MIT */
/* thread/create.c: what starting the first thread costs. */
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
	.about = "start the first thread and join it",
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+threads",
	.expect = {
		{ WORKS, .under = "four+threads" },
		{ FAILS(EAGAIN), .under = "four-eperm four-enosys",
			.libc = MUSL(1, 2, 0), .why = "musl says EAGAIN, "
			"\"try again\", for whatever mmap says" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ DIES("rt_sigaction"), .libc = GLIBC(2, 34),
			.why = "the first pthread_create installs the handlers "
			       "for cancellation and setuid" },
	},
	.covers = "glibc/tst-rseq",
	.seen = {
		"glibc 2.36 nptl/pthread_create.c, late_init",
		"musl 1.2.3 src/thread/pthread_create.c",
	},
};
