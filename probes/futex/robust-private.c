/* SPDX-License-Identifier: MIT */
/*
 * futex/robust-private.c: what the kernel wakes at a thread's end it wakes
 * shared: a private sleeper on the dead owner's lock sleeps on.
 */
#include "sleeper.h"

static struct {
	struct robust_list list;
	int word;
} entry;
static struct robust_list_head head = {
	{ &entry.list },
	.futex_offset = (long)sizeof(struct robust_list),
};
static int ready, go, died = (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED);
static struct sleeper a = { &entry.word, FUTEX_WAIT_PRIVATE };
static struct sleeper b = { &entry.word, FUTEX_WAIT };

static void owner(void *arg)
{
	(void)arg;
	entry.list.next = &head.list;
	entry.word = (int)(FUTEX_WAITERS | sys(__NR_gettid));
	sys(__NR_set_robust_list, &head, sizeof(head));
	probe_open(&ready);
	probe_pass(&go);
}

static int setup(void)
{
	long id = probe_thread(owner, NULL, NULL);
	int err;

	if (id < 0)
		return (int)-id;
	probe_pass(&ready);
	a.val = b.val = entry.word;
	err = sleeper_start(&a);
	return err ? err : sleeper_start(&b);
}

static int run(void)
{
	probe_open(&go);
	CHECK(sleeper_result(&b) == 0);
	CHECK(entry.word == died);
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
		{ WORKS, .why = "so glibc never waits privately for robust "
				"mutexes, and musl wakes private sleepers "
				"itself before it lets a thread exit: one "
				"that the filter kills cannot" },
	},
	.seen = { "Linux kernel/futex/core.c, handle_futex_death: "
		  "FLAGS_SHARED",
		"musl src/thread/pthread_create.c, __pthread_exit",
		"glibc nptl/pthread_mutex_lock.c, "
		"PTHREAD_ROBUST_MUTEX_PSHARED" },
};
