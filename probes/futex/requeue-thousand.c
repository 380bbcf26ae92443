/* SPDX-License-Identifier: MIT */
/*
 * futex/requeue-thousand.c: of a thousand sleepers so many are woken, so many
 * moved, and the others stay; each is woken once.
 */
#include "sleeper.h"

enum { SLEEPERS = 1000, WAKE = 300, MOVE = 500 };

static int word, target, ready, woken, done[SLEEPERS];

static void sleep_once(void *arg)
{
	(void)arg;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	if (!sys_futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0))
		__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
}

/* A requeue onto the same word moves nobody, and counts. */
static long asleep(void)
{
	return sys_futex(&word, FUTEX_REQUEUE_PRIVATE, 0,
		(void *)(long)SLEEPERS, &word, 0);
}

static int setup(void)
{
	for (int i = 0; i < SLEEPERS; i++)
		if (probe_thread(sleep_once, NULL, done + i) < 0)
			return EAGAIN;
	while (asleep() != SLEEPERS)
		probe_nap(1000000);
	return 0;
}

static long wake_all(int *at)
{
	return sys_futex(at, FUTEX_WAKE_PRIVATE, SLEEPERS, NULL, NULL, 0);
}

static int run(void)
{
	CHECK(sys_futex(&word, FUTEX_CMP_REQUEUE_PRIVATE, WAKE,
		      (void *)(long)MOVE, &target, 0) == WAKE + MOVE);
	CHECK(asleep() == SLEEPERS - WAKE - MOVE);
	CHECK(wake_all(&target) == MOVE);
	CHECK(wake_all(&word) == SLEEPERS - WAKE - MOVE);
	for (int i = 0; i < SLEEPERS; i++)
		probe_join(done + i);
	CHECK(woken == SLEEPERS);
	return 0;
}

PROBE_RAW = {
	.about = "requeue a thousand sleepers",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.has = "thousand_threads !gvisor", /* which does not count the moved */
	.untraced = true, /* a tracer has room for some hundred threads */
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_cmp_requeue01",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: "
		  "FUTEX_CMP_REQUEUE" },
};
