/* SPDX-License-Identifier: MIT */
/*
 * futex/timeout-result.c: each kind of wait says ETIMEDOUT when its time is
 * over, with each bit of a bitset, and leaves nobody in the queue.
 */
#include "sleeper.h"

static int word, word2, held, leave;
static struct sleeper owner = {
	.word = &held, .op = FUTEX_LOCK_PI_PRIVATE, .leave = &leave
};
static struct sys_timespec short_time = { 0, 300000 }, deadline, real_deadline;

static const struct {
	int op;
	int *word;
	struct sys_timespec *until;
} waits[] = {
	{ FUTEX_WAIT, &word, &short_time },
	{ FUTEX_WAIT_PRIVATE, &word, &short_time },
	{ FUTEX_WAIT_BITSET, &word, &deadline },
	{ FUTEX_WAIT_BITSET_PRIVATE, &word, &deadline },
	{ FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, &word,
		&real_deadline },
	{ FUTEX_WAIT_REQUEUE_PI_PRIVATE, &word, &deadline },
	{ FUTEX_WAIT_REQUEUE_PI_PRIVATE | FUTEX_CLOCK_REALTIME, &word,
		&real_deadline },
	{ FUTEX_LOCK_PI_PRIVATE, &held, &real_deadline },
};

/* The first waits of each clock find it ahead, the rest behind them. */
static void soon(int clock, struct sys_timespec *t)
{
	sys(__NR_clock_gettime, clock, t);
	t->tv_nsec += 3000000;
	t->tv_sec += t->tv_nsec / 1000000000;
	t->tv_nsec %= 1000000000;
}

static bool requeues_pi;

static int setup(void)
{
	requeues_pi = sleeper_requeue_pi();
	owner.tid = probe_thread(sleeper_run, &owner, NULL);
	if (owner.tid < 0)
		return (int)-owner.tid;
	sleeper_result(&owner);
	soon(0 /* CLOCK_REALTIME */, &real_deadline);
	soon(1 /* CLOCK_MONOTONIC */, &deadline);
	return 0;
}

static int run(void)
{
	for (int i = 0; i < (int)(sizeof(waits) / sizeof(*waits)); i++) {
		if (!requeues_pi && (waits[i].op & 15) == FUTEX_WAIT_REQUEUE_PI)
			continue;
		for (int bit = 0; bit < 32; bit++)
			CHECK_AT(i, sys_futex(waits[i].word, waits[i].op, 0,
					    waits[i].until, &word2,
					    (int)(1u << bit)) == -ETIMEDOUT);
	}
	CHECK(sys_futex(&word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0) == 0);
	CHECK(sys_futex(&word, FUTEX_WAKE, 9, NULL, NULL, 0) == 0);
	CHECK(!word && !word2 && (held & FUTEX_TID_MASK) == owner.tid);
	probe_open(&leave);
	return 0;
}

PROBE_RAW = {
	.about = "time out in each kind of wait, with each bit of a bitset",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "kselftest/futex_wait_timeout.relative "
		  "kselftest/futex_wait_timeout.bitset "
		  "kselftest/futex_wait_timeout.lock_pi",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: ETIMEDOUT",
		"Linux kernel/futex/waitwake.c, __futex_wait" },
};
