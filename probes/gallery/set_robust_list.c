/* SPDX-License-Identifier: MIT */
/* gallery/set_robust_list.c: clone is allowed; what the thread does next is
 * not. */
#include "probe.h"

#include <pthread.h>

static void *worker(void *arg)
{
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "start a thread without set_robust_list",
	.run = run,
	.under = "no-set_robust_list",
	.symptom = "killed right behind a clone that succeeded",
	.diagnosis = "the filter killed it at set_robust_list: the start of a "
		     "thread",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ DIES("set_robust_list") },
	},
	.seen = { "https://github.com/USBGuard/usbguard/issues/266" },
};
