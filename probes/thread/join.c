/* SPDX-License-Identifier: MIT */
/* thread/join.c: how a thread ends, and who is told. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	return arg;
}

static int setup(void)
{
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	probe_open(&go);
	return pthread_join(thread, NULL);
}

PROBE = {
	.about = "join a thread that returns",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+threads-tsync",
	.expect = {
		{ WORKS, .under = "four+threads-tsync four-eperm-tsync "
				  "four-enosys-tsync" },
		{ DIES("munmap"), .under = "four four-process",
			.libc = MUSL(1, 2, 0),
			.why = "the joiner frees the stack" },
		{ WORKS, .under = "four four-process",
			.why = "the worker has no filter, and glibc keeps "
			       "the stack for later" },
		{ HANGS_AT("rt_sigprocmask"), .under = "four-tsync",
			.libc = MUSL(1, 2, 0), .why = "musl's join waits for a "
			"word that the killed thread has not written" },
		{ LOSES("rt_sigprocmask"), .under = "four-tsync",
			.why = "blocking signals is the first thing that a "
			       "thread's end does; the joiner is none the "
			       "wiser" },
		{ DIES("rt_sigprocmask") },
	},
	.covers = "glibc/tst-join1",
	.seen = {
		"https://github.com/firecracker-microvm/firecracker/issues/1456",
		"https://github.com/checkpoint-restore/criu/issues/725",
	},
};
