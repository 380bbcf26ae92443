/* SPDX-License-Identifier: MIT */
/* exit/pthread_exit-main.c: main leaves the stage to its worker. */
#include "probe.h"

#include <pthread.h>

static int leader_alive = 1, ready;

static void *worker(void *arg)
{
	probe_open(&ready);
	probe_join(&leader_alive);
	sys_exit(7);
	return arg;
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	sys(__NR_set_tid_address, &leader_alive);
	if (!err)
		probe_pass(&ready);
	return err;
}

static int run(void)
{
	pthread_exit(NULL);
}

PROBE = {
	.about = "pthread_exit() in main; the worker then exits with 7",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-eperm four-trap "
		 "four+threads",
	.has = "last_status",
	PROBE_EXITS(7),
	.expect = {
		{ LOSES("rt_sigprocmask"), .under = "four four-tsync",
			.flavour = "glibc-static", .libc = GLIBC(2, 43),
			.why = "main wakes who joins it, all signals blocked" },
		{ DIES("rt_sigprocmask"), .under = "four-process four-trap",
			.flavour = "glibc-static", .libc = GLIBC(2, 43) },
		{ WORKS, .flavour = "glibc-static",
			.why = "the unwinder is linked in" },
		{ WORKS, .under = "four+threads four-eperm",
			.libc = MUSL(1, 2, 0) },
		{ LOSES("rt_sigprocmask"), .under = "four four-tsync",
			.libc = MUSL(1, 2, 0) },
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ LOSES("openat"), .under = "four four-tsync four+threads",
			.why = "the stack is unwound by libgcc_s.so.1, which "
			       "is loaded at the first use" },
		{ CRASHES(SIGSEGV), .under = "four-eperm", .why = "without "
			"libgcc_s.so.1 it aborts, and abort cannot" },
		{ DIES("openat") },
	},
	.seen = {
		"Linux kernel/exit.c, synchronize_group_exit: the status "
		"is the last thread's, the worker's; before, main's",
		"glibc 2.36 misc/unwind-link.c, nptl/pthread_exit.c",
		"glibc 2.43 sysdeps/nptl/libc_start_call_main.h",
		"musl 1.2.3 src/thread/pthread_create.c, __pthread_exit",
	},
};
