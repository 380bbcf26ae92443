/* SPDX-License-Identifier: MIT */
/* thread/detach.c: a detached thread ends, and nobody knows how. */
#include "probe.h"

#include <pthread.h>

static int ready, go, alive = 1;

/* The kernel clears `alive` at the thread's end, whichever it is. */
static void *worker(void *arg)
{
	sys(__NR_set_tid_address, &alive);
	probe_open(&ready);
	probe_pass(&go);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		err = pthread_detach(thread);
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
	.about = "a detached thread returns",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync "
		 "four+threads-tsync",
	.expect = {
		{ LOSES("rt_sigprocmask"), .under = "four-tsync" },
		{ DIES("rt_sigprocmask"),
			.under = "four-process-tsync four-trap-tsync" },
		{ WORKS },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_create.c, start_thread",
		"musl 1.2.3 src/thread/pthread_create.c, __pthread_exit",
	},
};
