/* SPDX-License-Identifier: MIT */
/*
 * futex/child-tid-private.c: the wake at a thread's end is a shared one too:
 * a join must not wait privately. It wakes one.
 */
#include "sleeper.h"

static int done, go;
static struct sleeper a = { .word = &done, .op = FUTEX_WAIT_PRIVATE, .val = 1 };
static struct sleeper b = { .word = &done, .op = FUTEX_WAIT, .val = 1 };
static struct sleeper c = { .word = &done, .op = FUTEX_WAIT, .val = 1 };

static void worker(void *arg)
{
	(void)arg;
	probe_pass(&go);
}

static int setup(void)
{
	long id = probe_thread(worker, NULL, &done);
	int err = id < 0 ? (int)-id : sleeper_start(&a);

	if (!err)
		err = sleeper_start(&b);
	return err ? err : sleeper_start(&c);
}

static int run(void)
{
	probe_open(&go);
	CHECK(sleeper_result(&b) == 0);
	CHECK(done == 0 && sleeper_sleeps(&a) && sleeper_sleeps(&c));
	CHECK(sys_futex(&done, FUTEX_WAKE, 9, NULL, NULL, 0) == 1);
	CHECK(sleeper_result(&c) == 0);
	CHECK(sys_futex(&done, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 1);
	return (int)-sleeper_result(&a);
}

PROBE_RAW = {
	.about = "a private and two shared sleepers on a thread's "
		 "CLONE_CHILD_CLEARTID word",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS, .why = "hence LLL_SHARED in glibc's pthread_join, and "
				"a filter for private futexes alone breaks "
				"it: futex/narrow-join" },
	},
	.seen = { "Linux kernel/fork.c, mm_release: do_futex(..., FUTEX_WAKE)",
		"glibc nptl/pthread_join_common.c" },
};
