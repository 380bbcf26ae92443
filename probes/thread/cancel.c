/* SPDX-License-Identifier: MIT */
/* thread/cancel.c: cancelling a thread that waits in read. */
#include "probe.h"

#include <pthread.h>
#include <unistd.h>

static int fd[2], ready, tid;
static pthread_t thread;

static void *worker(void *arg)
{
	char c;

	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	read(fd[0], &c, 1);
	return arg;
}

static int setup(void)
{
	int err =
		pipe(fd) ? errno : pthread_create(&thread, NULL, worker, NULL);

	if (err)
		return err;
	probe_pass(&ready);
	/* In the call: on its way there it would see the mark by itself. */
	return probe_wait_asleep(tid);
}

static int run(void)
{
	int err = pthread_cancel(thread);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "cancel a thread that reads an empty pipe, and join it",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-trap",
	.expect = {
		{ ZOMBIE_AT("rt_sigaction"), .under = "four", .why = "the "
			"first pthread_cancel installs its signal's handler: "
			"the canceller dies, the worker reads on" },
		{ DIES("rt_sigaction"), .under = "four-process four-trap" },
		{ ZOMBIE, .under = "four-eperm",
			.flavour = "glibc-static musl",
			.why = "pthread_cancel says EPERM, the worker reads "
			       "on" },
		{ CRASHES(SIGSEGV), .under = "four-eperm", .why = "without "
			"libgcc_s.so.1, which it may not load, it aborts, and "
			"abort cannot" },
	},
	.covers = "glibc/tst-cancel1 glibc/tst-cleanup0",
	.seen = {
		"glibc 2.36 nptl/pthread_cancel.c",
		"musl 1.2.3 src/thread/pthread_cancel.c",
	},
};
