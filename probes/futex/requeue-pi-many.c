/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-pi-many.c: ten waiters are moved to a PI lock, at once or one
 * by one, that is free, the mover's, or a third thread's; with and without a
 * time-out. Each gets the lock once.
 */
#include "sleeper.h"

enum { WAITERS = 10, ROUNDS = 6 };
enum { FREE, OWN, THIRD };

static struct round {
	int word, lock;
	int got, wrong; /* the lock guards them */
	int done[WAITERS], go, owner_done;
} rounds[ROUNDS];
static struct sys_timespec far;

static int holder(int i)
{
	return i / 2;
}

static void waiter(void *arg)
{
	struct round *r = arg;
	long err = sys_futex(&r->word, FUTEX_WAIT_REQUEUE_PI_PRIVATE, 0,
		holder((int)(r - rounds)) == OWN ? &far : NULL, &r->lock, 0);
	int mine = r->lock & FUTEX_TID_MASK;

	r->wrong += err || mine != sys(__NR_gettid);
	r->got++;
	sys_futex(&r->lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
}

static void owner(void *arg)
{
	struct round *r = arg;

	sys_futex(&r->lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	probe_pass(&r->go);
	sys_futex(&r->lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
}

static int setup_round(int i)
{
	struct round *r = rounds + i;
	int err = 0;

	for (int j = 0; j < WAITERS && !err; j++) {
		long tid = probe_thread(waiter, r, r->done + j);

		err = tid < 0 ? (int)-tid : probe_wait_asleep(tid);
	}
	if (!err && holder(i) == THIRD) {
		long tid = probe_thread(owner, r, &r->owner_done);

		err = tid < 0 ? (int)-tid : probe_wait_asleep(tid);
	}
	return err;
}

static int setup(void)
{
	int err = 0;

	sys(__NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, &far);
	far.tv_sec += 3600;
	for (int i = 0; i < ROUNDS && !err; i++)
		err = setup_round(i);
	return err;
}

static long move(struct round *r, long count)
{
	return sys_futex(&r->word, FUTEX_CMP_REQUEUE_PI_PRIVATE, 1,
		(void *)count, &r->lock, 0);
}

static int play(int i)
{
	struct round *r = rounds + i;

	if (holder(i) == OWN)
		CHECK_AT(i, !sys_futex(&r->lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL,
				    NULL, 0));
	if (i & 1)
		for (int j = 0; j < WAITERS; j++)
			CHECK_AT(i, move(r, 0) == 1);
	else
		CHECK_AT(i, move(r, 0x7fffffff) == WAITERS);
	CHECK_AT(i, move(r, 0x7fffffff) == 0);
	CHECK_AT(i, holder(i) == FREE || !r->got);
	if (holder(i) == OWN)
		CHECK_AT(i, !sys_futex(&r->lock, FUTEX_UNLOCK_PI_PRIVATE, 0,
				    NULL, NULL, 0));
	probe_open(&r->go);
	for (int j = 0; j < WAITERS; j++)
		probe_join(r->done + j);
	if (holder(i) == THIRD)
		probe_join(&r->owner_done);
	CHECK_AT(i, r->got == WAITERS && !r->wrong && !r->lock);
	return 0;
}

static int run(void)
{
	int err = 0;

	for (int i = 0; i < ROUNDS && !err; i++)
		err = play(i);
	return err;
}

PROBE_RAW = {
	.about = "move ten waiters to a PI lock, at once and one by one",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_requeue_pi",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: "
		  "FUTEX_CMP_REQUEUE_PI",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
