/* SPDX-License-Identifier: MIT */
/* thread/create-again.c: a thread after others: the stack is at hand. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	return arg;
}

static int start(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

static int setup(void)
{
	return start();
}

static int run(void)
{
	return start();
}

PROBE = {
	.about = "start a thread and join it, after one that is gone",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+threads",
	.expect = {
		{ WORKS, .under = "four+threads" },
		{ DIES("mmap"), .under = "four four-process four-trap",
			.libc = MUSL(1, 2, 0) },
		{ DIES("rt_sigprocmask"),
			.under = "four four-process four-trap" },
		{ FAILS(EAGAIN), .libc = MUSL(1, 2, 0) },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
	},
	.seen = { "glibc 2.36 nptl/allocatestack.c, get_cached_stack" },
};
