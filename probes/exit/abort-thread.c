/* SPDX-License-Identifier: MIT */
/* exit/abort-thread.c: abort() in a worker ends the worker. */
#include "probe.h"

#include <pthread.h>
#include <stdlib.h>

static int ready, go, alive = 1;

/* The kernel clears `alive` at the thread's end, whichever it is. */
static void *worker(void *arg)
{
	sys(__NR_set_tid_address, &alive);
	probe_open(&ready);
	probe_pass(&go);
	abort();
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&alive);
	return 0;
}

PROBE = {
	.about = "a second thread calls abort()",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGABRT), .under = "four four-process",
			.why = "without TSYNC the worker has no filter" },
		{ CRASHES(SIGSEGV), .under = "four-eperm-tsync "
					     "four-enosys-tsync",
			.why = "abort's hlt" },
		{ LOSES("gettid"), .under = "four-tsync",
			.libc = GLIBC(2, 41) },
		{ MASKS(SIGABRT, "gettid"), .libc = GLIBC(2, 41) },
		{ LOSES("rt_sigprocmask"), .under = "four-tsync",
			.why = "the program that wanted to end at once goes "
			       "on, and says 0" },
		{ MASKS(SIGABRT, "rt_sigprocmask") },
	},
	.seen = { "glibc 2.36 stdlib/abort.c", "musl 1.2.3 src/exit/abort.c" },
};
