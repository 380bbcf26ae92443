/* SPDX-License-Identifier: MIT */
/* exit/worker-exits.c: a worker's exit(7) is to end the process with 7. */
#include "probe.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	exit(7);
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
	.about = "a worker calls exit(7) while the leader joins it",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-trap-tsync four-eperm-tsync four-enosys-tsync",
	PROBE_EXITS(7),
	.expect = {
		{ CRASHES(SIGSEGV), .under = "four-eperm-tsync four-enosys-tsync",
			.libc = GLIBC(2, 41), .why = "_exit no longer falls "
			"back to exit: behind the refused exit_group is hlt" },
		{ LOSES("mmap"), .under = "four-tsync",
			.flavour = "glibc-static", .libc = GLIBC(2, 41),
			.why = "the thread's first allocation, on the way "
			       "out, makes an arena" },
		{ DIES("mmap"), .under = "four-process-tsync four-trap-tsync",
			.flavour = "glibc-static", .libc = GLIBC(2, 41) },
		{ WORKS, .under = "four four-process",
			.why = "without TSYNC the worker has no filter" },
		{ DIES("exit_group"),
			.under = "four-process-tsync four-trap-tsync" },
		{ HANGS, .libc = MUSL(1, 2, 0), .why = "the thread is gone, "
			"and musl's join waits for a word that only "
			"pthread_exit writes" },
		{ LOSES("exit_group"), .under = "four-tsync",
			.why = "the join returns, and the status is 0" },
		{ EXITS(0), .why = "libc falls back to exit, which ends the "
			"worker alone: the join returns, the 7 is lost" },
	},
	.seen = { "https://github.com/checkpoint-restore/criu/issues/725",
		"glibc 2.36 sysdeps/unix/sysv/linux/_exit.c" },
};
