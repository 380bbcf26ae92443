/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-private.c: what the kernel wakes at a thread's end it wakes
 * shared: a private sleeper on the dead owner's lock sleeps on.
 */
#include "robust.h"

static struct robust entry;
static struct sleeper a = { .word = &entry.word, .op = FUTEX_WAIT_PRIVATE };
static struct sleeper b = { .word = &entry.word, .op = FUTEX_WAIT };

static void lay_list(void)
{
	entry.list.next = &head.list;
	head.list.next = &entry.list;
	entry.word = (int)(FUTEX_WAITERS | tid);
}

static int setup(void)
{
	int err = robust_start();

	a.val = b.val = entry.word;
	if (!err)
		err = sleeper_start(&a);
	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	robust_end();
	CHECK(sleeper_result(&b) == 0);
	CHECK(sleeper_sleeps(&a));
	CHECK(sys_futex(&entry.word, FUTEX_WAKE_PRIVATE, 9, 0, NULL, 0) == 1);
	return (int)-sleeper_result(&a);
}

PROBE_RAW = {
	.about = "a private and a shared sleeper on the robust lock of a "
		 "thread that ends",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "so glibc makes all robust mutexes shared, "
				"and musl wakes private sleepers itself "
				"before a thread exits: one that the filter "
				"kills cannot" },
	},
	.seen = { "Linux kernel/futex/core.c, handle_futex_death: FLAGS_SHARED",
		"musl src/thread/pthread_create.c, __pthread_exit",
		"glibc sysdeps/nptl/pthreadP.h, PTHREAD_ROBUST_MUTEX_PSHARED" },
};
