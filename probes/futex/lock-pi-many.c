/* SPDX-License-Identifier: MIT */
/* futex/lock-pi-many.c: twenty threads count under a PI lock, taken by the
 * kernel each time, or tried until it is had: nothing is lost. */
#include "sleeper.h"

enum { THREADS = 20, ROUNDS = 20 };

static int gate, locks[2], count[2], done[2 * THREADS];
static int wrong;

static void take(int kind)
{
	static const int ops[] = { FUTEX_LOCK_PI_PRIVATE,
		FUTEX_TRYLOCK_PI_PRIVATE };
	long got;

	while ((got = sys_futex(locks + kind, ops[kind], 0, NULL, NULL, 0))) {
		if (!kind || got != -EAGAIN) {
			wrong = 1;
			return;
		}
		probe_nap(20000);
	}
}

/* EAGAIN: somebody said in the word that he waits, meanwhile. */
static void give(int kind)
{
	long got;

	do
		got = sys_futex(locks + kind, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL,
			NULL, 0);
	while (got == -EAGAIN);
	if (got)
		wrong = 1;
}

static void counter(void *arg)
{
	int kind = (int)(long)arg % 2;

	probe_pass(&gate);
	for (int i = 0; i < ROUNDS; i++) {
		take(kind);
		count[kind]++; /* not atomic: the lock is what counts */
		give(kind);
	}
}

static int setup(void)
{
	for (long i = 0; i < 2 * THREADS; i++)
		if (probe_thread(counter, (void *)i, done + i) < 0)
			return EAGAIN;
	return 0;
}

static int run(void)
{
	probe_open(&gate);
	counter((void *)0);
	for (int i = 0; i < 2 * THREADS; i++)
		probe_join(done + i);
	CHECK(!wrong && !locks[0] && !locks[1]);
	CHECK(count[0] == (THREADS + 1) * ROUNDS);
	CHECK(count[1] == THREADS * ROUNDS);
	return 0;
}

PROBE_RAW = {
	.about = "forty threads count under two PI locks",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.covers = "gvisor/PIConcurrency gvisor/PITryLockConcurrency",
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html: "
		  "FUTEX_LOCK_PI, FUTEX_TRYLOCK_PI",
		"Linux kernel/futex/pi.c, futex_unlock_pi: -EAGAIN" },
};
