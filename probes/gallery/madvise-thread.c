/* SPDX-License-Identifier: MIT */
/* gallery/madvise-thread.c: a thread is gone, the program goes on. */
#include "probe.h"

#include <pthread.h>
#include <sys/mman.h>

static int results, ready, tid;

/* As the Go runtime does when its heap grows. */
static void *worker(void *arg)
{
	void *heap = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	tid = (int)sys(__NR_gettid);
	probe_open(&ready);
	if (heap != MAP_FAILED && !madvise(heap, 1 << 20, MADV_NOHUGEPAGE))
		results++;
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
	if (err)
		return err;
	/* musl's join would wait for ever: see gallery/join. */
	probe_pass(&ready);
	probe_wait_ended(tid);
	probe_value(results);
	return 0;
}

PROBE = {
	.about = "a worker calls madvise where it kills the thread alone",
	.run = run,
	.under = "no-madvise-thread",
	.symptom = "a Go service goes on, and part of its work is never done",
	.diagnosis = "it exited 0 though the filter had killed thread * at "
		     "madvise*",
	.expect = {
		{ LOSES("madvise") },
	},
	.seen = { "https://github.com/golang/go/issues/30753",
		"https://github.com/systemd/systemd/issues/11967" },
};
