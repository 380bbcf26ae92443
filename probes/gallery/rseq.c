/* SPDX-License-Identifier: MIT */
/* gallery/rseq.c: a thread dies before its first line. */
#include "probe.h"

#include <pthread.h>

static int ran;

static void *worker(void *arg)
{
	ran = 1;
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (err)
		return err;
	err = pthread_join(thread, NULL);
	probe_value(ran);
	return err;
}

PROBE = {
	.about = "start a thread where rseq kills it, and join it",
	.run = run,
	.under = "no-rseq-thread no-rseq-enosys",
	.symptom = "new threads are gone before they do anything",
	.diagnosis = "it exited 0 though the filter had killed thread * at rseq",
	.expect = {
		{ WORKS, .flavour = "musl" },
		{ WORKS, .has = "!rseq", .why = "a kernel without it told the "
			"main thread so, and the others do not ask" },
		{ CRASHES(SIGABRT), .under = "no-rseq-enosys",
			.libc = GLIBC(2, 35), .why = "\"rseq registration "
			"failed\": the main thread had it before the filter, "
			"so each thread must" },
		{ LOSES("rseq"), .libc = GLIBC(2, 35), .why = "registered by "
			"the thread itself; the join says 0" },
		{ WORKS },
	},
	.covers = "glibc/tst-rseq",
	.seen = { "glibc 2.36 nptl/pthread_create.c: \"Inherit rseq "
		  "registration state\"",
		"https://github.com/file/file/commit/339bdef4",
		"https://github.com/WaterfoxCo/Waterfox-Classic/issues/74" },
};
