/* SPDX-License-Identifier: MIT */
/* futex/requeue-many.c: of many sleepers so many are woken and so many moved as
 * was asked; the rest stays. */
#include "sleeper.h"

static const struct {
	int sleepers, wake, move;
} rows[] = {
	{ 10, 3, 7 },
	{ 10, 0, 10 },
	{ 10, 10, 0 },
	{ 10, 0, 0 },
	{ 20, 5, 5 },
	{ 20, 0x7fffffff, 1 },
	{ 20, 1, 0x7fffffff },
	{ 100, 40, 30 },
};

enum { ROWS = sizeof(rows) / sizeof(*rows), MOST = 200 };

static int words[ROWS], targets[ROWS], done[MOST];

static void sleep_at(void *arg)
{
	sys_futex(arg, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}

static int setup(void)
{
	long tids[MOST];
	int n = 0;

	for (int i = 0; i < ROWS; i++)
		for (int j = 0; j < rows[i].sleepers; j++, n++) {
			tids[n] = probe_thread(sleep_at, words + i, done + n);
			if (tids[n] < 0)
				return EAGAIN;
		}
	for (int i = 0; i < n; i++)
		if (probe_wait_asleep(tids[i]))
			return ESRCH;
	return 0;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static long wake_all(int *word)
{
	return sys_futex(word, FUTEX_WAKE_PRIVATE, 0x7fffffff, NULL, NULL, 0);
}

static int run(void)
{
	int n = 0;

	for (int i = 0; i < ROWS; i++) {
		int woken = least(rows[i].wake, rows[i].sleepers);
		int moved = least(rows[i].move, rows[i].sleepers - woken);

		CHECK_AT(i, sys_futex(words + i, FUTEX_CMP_REQUEUE_PRIVATE,
				    rows[i].wake, (void *)(long)rows[i].move,
				    targets + i, 0) == woken + moved);
		CHECK_AT(i, wake_all(targets + i) == moved);
		CHECK_AT(i, wake_all(words + i) ==
				    rows[i].sleepers - woken - moved);
		n += rows[i].sleepers;
	}
	for (int i = 0; i < n; i++)
		probe_join(done + i);
	return 0;
}

PROBE_RAW = {
	.about = "requeue ten to a hundred sleepers in eight mixes",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "ltp/futex_cmp_requeue01 "
		  "kselftest/futex_requeue.multiple",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: "
		  "FUTEX_CMP_REQUEUE" },
};
