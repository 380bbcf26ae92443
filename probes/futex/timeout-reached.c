/* SPDX-License-Identifier: MIT */
/*
 * futex/timeout-reached.c: whatever sleeps until a time, by whichever clock,
 * sleeps until that clock shows it, and says that its time is over. How much
 * later it comes back, nobody promises.
 */
#include "sleeper.h"

enum { RELATIVE = 2 };

static const struct row {
	int op, clock; /* 0: real time, 1: monotonic, + RELATIVE */
	long ms;
} rows[] = {
	{ FUTEX_WAIT, RELATIVE + 1, 4 },
	{ FUTEX_WAIT, RELATIVE + 1, 90 },
	{ FUTEX_WAIT, RELATIVE + 1, 150 },
	{ FUTEX_WAIT_BITSET, 1, 90 },
	{ FUTEX_WAIT_BITSET, 1, 150 },
	{ FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, 4 },
	{ FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, 150 },
	{ FUTEX_LOCK_PI, 0, 90 },
	{ FUTEX_LOCK_PI, 0, 150 },
	{ FUTEX_WAIT_REQUEUE_PI, 1, 4 },
	{ FUTEX_WAIT_REQUEUE_PI | FUTEX_CLOCK_REALTIME, 0, 4 },
	{ SLEEPER_LOCK_PI2, 1, 4 },
	{ SLEEPER_LOCK_PI2 | FUTEX_CLOCK_REALTIME, 0, 4 },
};
enum { ROWS = sizeof(rows) / sizeof(*rows), LOCK_PI2S = 2 };

static int words[ROWS], locks[ROWS], done[ROWS], nrows, holds, go, held;
static volatile long results[ROWS], early[ROWS];
static bool requeues_pi;

/* What this kernel lacks. */
static bool is_lacking(int i)
{
	return (rows[i].op & 15) == FUTEX_WAIT_REQUEUE_PI && !requeues_pi;
}

static int64_t now(int clock)
{
	struct sys_timespec t;

	sys(__NR_clock_gettime, clock, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static void sleep_it(void *arg)
{
	int i = (int)(long)arg, clock = rows[i].clock & 1;
	int64_t until = now(clock) + rows[i].ms * 1000000;
	int64_t time = rows[i].clock & RELATIVE ? rows[i].ms * 1000000 : until;
	struct sys_timespec t = { (long)(time / 1000000000),
		(long)(time % 1000000000) };
	int *word = (rows[i].op & 15) == FUTEX_LOCK_PI ||
				    (rows[i].op & 15) == SLEEPER_LOCK_PI2
			    ? locks + i
			    : words + i;

	results[i] = sys_futex(
		word, rows[i].op | (i & 1 ? 128 : 0), 0, &t, locks + i, -1);
	early[i] = now(clock) < until;
}

/* Holds every lock as long as somebody may wait for it. */
static void owner(void *arg)
{
	(void)arg;
	for (int i = 0; i < ROWS; i++)
		sys_futex(locks + i, FUTEX_LOCK_PI | (i & 1 ? 128 : 0), 0, NULL,
			NULL, 0);
	probe_open(&holds);
	probe_pass(&go);
}

static int setup(void)
{
	requeues_pi = sleeper_requeue_pi();
	nrows = ROWS - (sleeper_lock_pi2() ? 0 : LOCK_PI2S);
	if (probe_thread(owner, NULL, &held) < 0)
		return EAGAIN;
	probe_pass(&holds);
	for (int i = 0; i < nrows; i++) {
		if (!is_lacking(i) &&
			probe_thread(sleep_it, (void *)(long)i, done + i) < 0)
			return EAGAIN;
	}
	return 0;
}

static int run(void)
{
	for (int i = 0; i < nrows; i++) {
		if (is_lacking(i))
			continue;
		probe_join(done + i);
		CHECK_AT(i, results[i] == -ETIMEDOUT);
		CHECK_AT(i, !early[i]);
	}
	probe_open(&go);
	return 0;
}

PROBE_RAW = {
	.about = "sleep until a time, or for it, by each operation and clock",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/syscalls.c, futex_init_timeout" },
};
