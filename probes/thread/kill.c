/* SPDX-License-Identifier: MIT */
/* thread/kill.c: a signal to a thread by pthread_kill. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	sys_exit(0);
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
	int err = pthread_kill(thread, SIGURG);

	probe_open(&go);
	return err;
}

PROBE = {
	.about = "pthread_kill() a thread that ignores the signal",
	.setup = setup,
	.run = run,
	.under = "four four-process four-eperm four-enosys four-trap "
		 "four+abort",
	.expect = {
		{ WORKS, .under = "four+abort" },
		{ FAILS(EPERM), .under = "four-eperm" },
		{ FAILS(ENOSYS), .under = "four-enosys" },
		{ ZOMBIE_AT("rt_sigprocmask"), .under = "four" },
		{ DIES("rt_sigprocmask"), .why = "signals are blocked first, "
			"so that the thread cannot end meanwhile" },
	},
	.covers = "glibc/tst-pthread_kill-exiting",
	.seen = {
		"glibc 2.36 nptl/pthread_kill.c",
		"musl 1.2.3 src/thread/pthread_kill.c",
	},
};
