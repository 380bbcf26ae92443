/* SPDX-License-Identifier: MIT */
/* gallery/sigaltstack.c: a signal stack that is taken down at the end. */
#include "probe.h"

#include <pthread.h>
#include <sys/mman.h>

/* As Rust's standard library does for each thread that it starts. */
static void *worker(void *arg)
{
	stack_t stack = { .ss_size = 65536 }, off = { .ss_flags = SS_DISABLE };

	stack.ss_sp = mmap(NULL, stack.ss_size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigaltstack(&stack, NULL);
	probe_arm();
	sigaltstack(&off, NULL);
	munmap(stack.ss_sp, stack.ss_size);
	return arg;
}

static int run(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	return err ? err : pthread_join(thread, NULL);
}

PROBE = {
	.about = "a thread ends that had a signal stack, without sigaltstack, "
		 "or without munmap",
	.run = run,
	.under = "no-sigaltstack no-munmap",
	.symptom = "all is done, and the program is killed on its way out",
	.diagnosis = "the filter killed it at sigaltstack*",
	.expect = {
		{ DIES("sigaltstack"), .under = "no-sigaltstack" },
		{ DIES("munmap") },
	},
	.seen = { "https://github.com/firecracker-microvm/firecracker/pull/6131",
		"https://github.com/systemd/systemd/pull/17708" },
};
