/* SPDX-License-Identifier: MIT */
/* gallery/thread-end.c: a thread's last words to the kernel. */
#include "probe.h"

#include <pthread.h>

static pthread_t thread;
static int ready, go;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_pass(&go);
	probe_arm();
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
	.about = "a thread under its own filter returns without "
		 "rt_sigprocmask",
	.setup = setup,
	.run = run,
	.under = "no-rt_sigprocmask",
	.symptom = "up to 3 of 100 virtual machines die when they shut down",
	.diagnosis = "the filter killed it at rt_sigprocmask: the start or the end of a thread",
	.expect = {
		{ DIES("rt_sigprocmask") },
	},
	.covers = "glibc/tst-pthread-exit-signal",
	.seen = { "https://github.com/firecracker-microvm/firecracker/issues/"
		  "1456" },
};
