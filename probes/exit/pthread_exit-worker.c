/* SPDX-License-Identifier: MIT */
/* exit/pthread_exit-worker.c: a worker ends itself. */
#include "probe.h"

#include <pthread.h>

static int ready, go, alive = 1;

/* The kernel clears `alive` at the thread's end, whichever it is. */
static void *worker(void *arg)
{
	sys(__NR_set_tid_address, &alive);
	probe_open(&ready);
	probe_pass(&go);
	pthread_exit(arg);
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
	.about = "a second thread calls pthread_exit()",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.expect = {
		{ WORKS, .under = "four four-process",
			.why = "without TSYNC the worker has no filter" },
		{ WORKS, .under = "four-eperm-tsync four-enosys-tsync",
			.flavour = "glibc-static musl" },
		{ CRASHES(SIGSEGV), .under = "four-eperm-tsync "
					     "four-enosys-tsync",
			.why = "without libgcc_s.so.1 it aborts, and abort "
			       "cannot" },
		{ LOSES("rt_sigprocmask"), .under = "four-tsync",
			.libc = MUSL(1, 2, 0) },
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ LOSES("mmap"), .under = "four-tsync",
			.flavour = "glibc-static", .why = "the linked-in "
			"unwinder allocates, and a second thread's first "
			"allocation makes an arena" },
		{ DIES("mmap"), .flavour = "glibc-static" },
		{ LOSES("openat"), .under = "four-tsync",
			.why = "the stack is unwound by libgcc_s.so.1, which "
			       "is loaded at the first use" },
		{ DIES("openat") },
	},
	.seen = {
		"glibc 2.36 misc/unwind-link.c",
		"musl 1.2.3 src/thread/pthread_create.c, __pthread_exit",
	},
};
