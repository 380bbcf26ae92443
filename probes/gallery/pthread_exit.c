/* SPDX-License-Identifier: MIT */
/* gallery/pthread_exit.c: to end a thread, a library is loaded. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	pthread_exit(arg);
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "pthread_exit without openat",
	.run = run,
	.under = "no-openat no-openat-eperm",
	.symptom = "killed when a thread ends, at a call to open a file",
	.diagnosis = "the filter killed it at openat: *",
	.expect = {
		{ WORKS, .flavour = "musl glibc-static" },
		{ CRASHES(SIGABRT), .under = "*-eperm", .why = "\"libgcc_s.so.1 "
			"must be installed for pthread_exit to work\"" },
		{ DIES("openat") },
	},
	.seen = { "https://github.com/cloud-hypervisor/cloud-hypervisor/pull/"
		  "8648" },
};
