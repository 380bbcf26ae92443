/* SPDX-License-Identifier: MIT */
/* gallery/madvise-exit.c: a thread gives its stack back when it ends. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	return arg;
}

static int run(void)
{
	pthread_attr_t attr;
	pthread_t thread;
	int err;

	/* Since glibc 2.42 a guard is madvise by who creates the thread. */
	pthread_attr_init(&attr);
	pthread_attr_setguardsize(&attr, 0);
	err = pthread_create(&thread, &attr, worker, NULL);
	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "a thread ends without madvise",
	.run = run,
	.under = "no-madvise",
	.symptom = "the virtual machine is killed now and then, when a device "
		   "thread ends",
	.diagnosis = "the filter killed it at madvise: the end of a thread",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ DIES("madvise") },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/issues/"
		  "8329" },
};
