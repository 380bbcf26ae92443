/* SPDX-License-Identifier: MIT */
/* gallery/affinity.c: a driver pins its thread, and is gone. */
#include "probe.h"

#include <pthread.h>
#include <sched.h>

static int pinned, ready, tid;

/* As the threads of a graphics driver do. */
static void *worker(void *arg)
{
	cpu_set_t set;

	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	CPU_ZERO(&set);
	CPU_SET(0, &set);
	pinned = sched_setaffinity(0, sizeof(set), &set) == 0 ? 1 : errno;
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (err)
		return err;
	probe_pass(&ready);
	probe_wait_ended(tid);
	probe_value(pinned);
	return 0;
}

PROBE = {
	.about = "a worker pins itself where that kills the thread alone",
	.run = run,
	.under = "no-sched_setaffinity-thread no-sched_setaffinity",
	.symptom = "the virtual machine dies when 3D graphics start",
	.diagnosis = "it exited 0 though the filter had killed thread * at "
		     "sched_setaffinity*",
	.expect = {
		{ LOSES("sched_setaffinity"), .under = "*-thread" },
		{ DIES("sched_setaffinity") },
	},
	.seen = { "https://gitlab.com/qemu-project/qemu/-/commit/9a1565a03b" },
};
