/* SPDX-License-Identifier: MIT */
/* thread/kill-ended.c: pthread_kill() of a thread that ended and was not
 * joined: no signal is sent, and no other thread gets it. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;
static int tid;

static void *worker(void *arg)
{
	tid = (int)sys(__NR_gettid);
	return arg;
}

static int setup(void)
{
	int err = pthread_create(&thread, NULL, worker, NULL);

	while (!err && !__atomic_load_n(&tid, __ATOMIC_SEQ_CST))
		probe_nap(100000);
	if (!err)
		probe_wait_ended(tid);
	return err;
}

static int run(void)
{
	return pthread_kill(thread, SIGKILL);
}

PROBE = {
	.about = "pthread_kill() a thread that is gone, with what would kill",
	.setup = setup,
	.run = run,
	.under = "four-process",
	.expect = {
		{ DIES("rt_sigprocmask"), .why = "signals are blocked before "
			"it is known that there is nobody to send one" },
	},
	.covers = "glibc/tst-pthread_kill-exiting",
	.seen = { "glibc 2.36 nptl/pthread_kill.c",
		"musl 1.2.3 src/thread/pthread_kill.c" },
};
