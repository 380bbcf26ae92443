/* SPDX-License-Identifier: MIT */
/* futex/requeue-pi-strict.c: requeue-PI says EINVAL to what it was not made
 * for. */
#include "sleeper.h"

static int word, plain, lock, other;
static struct sleeper s = {
	.word = &word, .op = FUTEX_WAIT_REQUEUE_PI_PRIVATE, .word2 = &lock
};
static struct sleeper p = { .word = &plain, .op = FUTEX_WAIT_PRIVATE };
/* Two that want to be moved from one word to two locks. */
static int both, lock1, lock2;
static struct sleeper first = {
	.word = &both, .op = FUTEX_WAIT_REQUEUE_PI_PRIVATE, .word2 = &lock1
};
static struct sleeper second = {
	.word = &both, .op = FUTEX_WAIT_REQUEUE_PI_PRIVATE, .word2 = &lock2
};

static long move(int *from, long wake, int *to)
{
	return sys_futex(
		from, FUTEX_CMP_REQUEUE_PI_PRIVATE, wake, (void *)9, to, 0);
}

static int setup(void)
{
	int err = sleeper_start(&s);

	err = err ? err : sleeper_start(&p);
	err = err ? err : sleeper_start(&first);
	return err ? err : sleeper_start(&second);
}

static int run(void)
{
	CHECK(move(&word, 0, &lock) == -EINVAL);
	CHECK(move(&word, 2, &lock) == -EINVAL);
	CHECK(move(&word, 1, &other) == -EINVAL);
	CHECK(move(&plain, 1, &lock) == -EINVAL);
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) ==
		-EINVAL);
	CHECK(move(&word, 1, &lock) == 1);
	CHECK(sleeper_result(&s) == 0);
	CHECK(sys_futex(&plain, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) == 1);
	/* The first has the lock when the second is looked at. */
	CHECK(move(&both, 1, &lock1) == -EINVAL);
	CHECK(sleeper_result(&first) == 0);
	CHECK(sleeper_sleeps(&second));
	CHECK(move(&both, 1, &lock2) == 1);
	CHECK(sleeper_result(&second) == 0);
	return 0;
}

PROBE_RAW = {
	.about = "requeue-PI with other counts, to another word, of two for two "
		 "locks, of plain waiters; a plain wake of a requeue-PI waiter",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_requeue_pi_mismatched_ops",
	.seen = { "Linux kernel/futex/requeue.c, futex_requeue",
		"https://man7.org/linux/man-pages/man2/futex.2.html" },
};
