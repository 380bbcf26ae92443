/* SPDX-License-Identifier: MIT */
/* thread/create-partial.c: clone is allowed, the new thread is not. */
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
	.about = "start a thread where all but its own first calls is allowed",
	.run = run,
	.under = "four+clone four+threads",
	.expect = {
		{ WORKS, .under = "four+threads" },
		{ DIES("munmap"), .libc = MUSL(1, 2, 0),
			.why = "a musl thread needs no calls to begin; its "
			       "joiner frees the stack" },
		{ DIES("madvise"), .libc = GLIBC(2, 42), .why = "the creator, "
			"for the guard of the stack: MADV_GUARD_INSTALL" },
		{ LOSES("set_robust_list"), .libc = GLIBC(2, 35),
			.has = "!rseq", .why = "a kernel without it told the "
			"main thread so, and the others do not ask" },
		{ LOSES("rseq"), .libc = GLIBC(2, 35), .why = "the thread is "
			"killed before its function, and joined as if done" },
	},
	.seen = {
		"glibc 2.36 nptl/pthread_create.c: \"Inherit rseq "
		"registration state\"",
		"https://github.com/USBGuard/usbguard/issues/266",
		"glibc 2.36 nptl/pthread_create.c, start_thread",
		"glibc 2.42 nptl/allocatestack.c, setup_stack_prot",
	},
};
