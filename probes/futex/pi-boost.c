/* SPDX-License-Identifier: MIT */
/*
 * futex/pi-boost.c: what a PI lock is for: its owner runs at the priority of
 * who waits for it, until it gives the lock back.
 */
#include "sleeper.h"

enum { PRIORITY = 7, HELD = -1 - PRIORITY };

static int lock, ready, go, over, waits;
static struct sleeper s = { .word = &lock, .op = FUTEX_LOCK_PI_PRIVATE };
static volatile long held, after;
static int over_waiter;

/* The 18th word of a thread's stat, from behind its name. */
static long priority(void)
{
	char text[512], *p = text;
	long fd = sys(__NR_open, "/proc/thread-self/stat", 0), n, value = 0;
	bool minus;

	n = sys(__NR_read, fd, text, sizeof(text) - 1);
	sys(__NR_close, fd);
	text[n > 0 ? n : 0] = 0;
	while (*p && *p != ')')
		p++;
	for (int i = 2; i < 18 && *p; p++)
		i += *p == ' ';
	minus = *p == '-';
	for (p += minus; *p >= '0' && *p <= '9'; p++)
		value = 10 * value + *p - '0';
	return minus ? -value : value;
}

static void owner(void *arg)
{
	(void)arg;
	sys_futex(&lock, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	probe_open(&ready);
	probe_pass(&go);
	held = priority();
	sys_futex(&lock, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	after = priority();
}

static void waiter(void *arg)
{
	int param = PRIORITY;

	sys(__NR_sched_setscheduler, 0, 1 /* SCHED_FIFO */, &param);
	sleeper_run(arg);
}

static int setup(void)
{
	if (probe_thread(owner, NULL, &over) < 0)
		return EAGAIN;
	probe_pass(&ready);
	waits = (int)probe_thread(waiter, &s, &over_waiter);
	return waits < 0 ? EAGAIN : probe_wait_asleep(waits);
}

static int run(void)
{
	probe_open(&go);
	probe_join(&over);
	probe_join(&over_waiter);
	CHECK(s.ended && !s.result);
	CHECK_AT(held, held == HELD);
	CHECK_AT(after, after >= 0);
	return 0;
}

PROBE_RAW = {
	.about = "hold a PI lock that a real-time thread waits for",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.has = "realtime",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: "
		  "\"priority inheritance\"",
		"Linux kernel/locking/rtmutex.c, rt_mutex_adjust_prio" },
};
