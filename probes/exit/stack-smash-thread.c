/* SPDX-License-Identifier: MIT */
/* exit/stack-smash-thread.c: a detected overrun goes unnoticed. */
#pragma GCC optimize("stack-protector-all")
#include "probe.h"

#include <pthread.h>

static int ready, go, alive = 1;

__attribute__((noinline)) static void smash(size_t n)
{
	volatile char buf[16];
	volatile char *volatile p = buf;

	while (n--)
		p[n] = 'x';
}

/* The kernel clears `alive` at the thread's end, whichever it is. */
static void *worker(void *arg)
{
	sys(__NR_set_tid_address, &alive);
	probe_open(&ready);
	probe_pass(&go);
	smash(64);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	probe_open(&go);
	probe_join(&alive);
	return 0;
}

PROBE = {
	.about = "a second thread overruns a protected buffer",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-process-tsync "
		 "four-eperm-tsync four-enosys-tsync four-trap-tsync",
	.flavours = "!musl",
	.dies_of = SIGABRT,
	.expect = {
		{ CRASHES(SIGABRT), .under = "four four-process" },
		{ CRASHES(SIGSEGV), .under = "four-eperm-tsync "
					     "four-enosys-tsync" },
		{ LOSES("writev"), .under = "four-tsync",
			.why = "an attack that was stopped looks like a "
			       "success: no message, status 0" },
		{ MASKS(SIGABRT, "writev") },
	},
	.seen = { "glibc 2.36 sysdeps/posix/libc_fatal.c" },
};
