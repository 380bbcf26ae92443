/* SPDX-License-Identifier: MIT */
/* thread/killed-join.c: a thread that the filter killed is joined. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	sys(__NR_getpid);
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
	void *result = &go;
	int err;

	probe_open(&go);
	err = pthread_join(thread, &result);
	CHECK(err || !result);
	return err;
}

PROBE = {
	.about = "join a thread that calls getpid",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS, .under = "four-eperm-tsync four-enosys-tsync" },
		{ DIES("munmap"), .under = "four four-process",
			.libc = MUSL(1, 2, 0),
			.why = "the worker is free; the joiner frees its "
			       "stack" },
		{ WORKS, .under = "four four-process" },
		{ HANGS_AT("getpid"), .under = "four-tsync",
			.libc = MUSL(1, 2, 0), .why = "musl's join waits for a "
			"word that only pthread_exit writes" },
		{ LOSES("getpid"), .under = "four-tsync",
			.why = "the join returns 0 and a result of NULL" },
		{ DIES("getpid") },
	},
	.seen = { "https://github.com/checkpoint-restore/criu/issues/725" },
};
