/* SPDX-License-Identifier: MIT */
/* exit/pthread_exit-warm.c: the same when the unwinder was loaded before. */
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

static void *leave(void *arg)
{
	pthread_exit(arg);
}

static int setup(void)
{
	pthread_t thread;
	int err = pthread_create(&thread, NULL, worker, NULL);

	sys(__NR_set_tid_address, &leader_alive);
	if (err)
		return err;
	probe_pass(&ready);
	err = pthread_create(&thread, NULL, leave, NULL);
	return err ? err : pthread_join(thread, NULL);
}

static int run(void)
{
	pthread_exit(NULL);
}

PROBE = {
	.about = "pthread_exit() in main, and in a thread before; the worker "
		 "then exits with 7",
	.setup = setup,
	.run = run,
	.under = "four four-process four-tsync four-eperm four-trap "
		 "four+threads",
	.has = "last_status",
	PROBE_EXITS(7),
	.expect = {
		{ WORKS, .under = "four+threads four-eperm" },
		{ LOSES("rt_sigprocmask"), .under = "four four-tsync",
			.libc = MUSL(1, 2, 0) },
		{ DIES("rt_sigprocmask"), .libc = MUSL(1, 2, 0) },
		{ LOSES("rt_sigprocmask"), .under = "four four-tsync",
			.libc = GLIBC(2, 43),
			.why = "main wakes who joins it, all signals blocked" },
		{ DIES("rt_sigprocmask"), .libc = GLIBC(2, 43) },
		{ WORKS, .why = "once loaded, unwinding takes no call, and "
				"the thread ends by exit" },
	},
	.seen = {
		"Linux kernel/exit.c, synchronize_group_exit: the status "
		"is the last thread's, the worker's; before, main's",
		"glibc 2.36 misc/unwind-link.c, nptl/pthread_exit.c",
		"glibc 2.43 sysdeps/nptl/libc_start_call_main.h",
		"musl 1.2.3 src/thread/pthread_create.c, __pthread_exit",
	},
};
