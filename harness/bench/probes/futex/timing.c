/* SPDX-License-Identifier: MIT */
/*
 * futex/timing.c: do two processes that share nothing but the kernel see each
 * other's sleepers? Who sends moves 64 sleepers between two of its words, by
 * one requeue; who listens times a wake of its own words, at which nobody
 * sleeps: it takes longer while a word shares its hash bucket with a crowd.
 * Both are this probe's own. The values, for each way (shared words, private
 * ones, private ones with PR_FUTEX_HASH off): words of 4096 that feel it, and
 * of 1000 bits sent at 10 us each how many came wrong, best, median, worst of
 * five rounds (500: nothing is told). On a busy machine a way
 * ends after two seconds, and tells what it has. scripts/timing makes
 * results/timing.md. It measures, so it is no part of the suite.
 */
#include "sleeper.h"

enum { WAYS = 3, CROWD = 64, WORDS = 4096, ROUNDS = 5, BITS = 200, SLOT = 10 };
enum { ALL = 0x7fffffff, SEND = 2 };

/* Shared by both, for what the experiment itself needs. */
static struct {
	volatile int order, answer; /* their number */
	volatile int what;	    /* 0, 1: gather there; SEND */
	volatile uint64_t start, per_us;
} * control[WAYS];
static uint64_t per_us;
static int *words[2]; /* the listener's: private, shared */
static int pair[1024] __attribute__((aligned(4096)));
static int *from, *to, flag; /* the sender's */
static int way;

static uint64_t now(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}

static bool bit(int i)
{
	return (uint32_t)(i + 1) * 2654435761u >> 13 & 1;
}

static void gather(bool there)
{
	int *a = there ? to : from, *b = there ? from : to;

	sys_futex(a, FUTEX_CMP_REQUEUE | flag, 0, (void *)(long)ALL, b, 0);
}

static void send_bits(uint64_t start)
{
	for (int i = 0; i < BITS; i++) {
		while (now() <
			start + (uint64_t)i * SLOT * control[way]->per_us)
			;
		gather(bit(i));
	}
}

static void asleep(void *arg)
{
	(void)arg;
	sys_futex(from, FUTEX_WAIT | flag, 0, NULL, NULL, 0);
}

/* On the N-th processor of those that may be used, if there are so many. */
static void stay_at(int n)
{
	unsigned long may[32] = { 0 }, one[32] = { 0 };
	long size = sys(__NR_sched_getaffinity, 0, sizeof(may), may);

	for (int i = 0; i < size * 8; i++)
		if (may[i / 64] >> i % 64 & 1 && n-- == 0) {
			one[i / 64] = 1ul << i % 64;
			sys(__NR_sched_setaffinity, 0, sizeof(one), one);
		}
}

static int sender(void)
{
	long tids[CROWD];

	stay_at(1);
	from = way ? pair : (int *)sys_mmap(4096, 3, 0x21, -1, 0);
	to = from + 17;
	flag = way ? FUTEX_PRIVATE_FLAG : 0;
	if (way == 2)
		sys(__NR_prctl, 78 /* PR_FUTEX_HASH */, 1, 0, 0);
	for (int i = 0; i < CROWD; i++)
		tids[i] = probe_thread(asleep, NULL, NULL);
	for (int i = 0; i < CROWD; i++)
		if (tids[i] < 0 || probe_wait_asleep(tids[i]))
			return 1;
	if (probe_arm())
		return 1;
	for (int got = 0;;) {
		while (control[way]->order == got)
			probe_wait(&control[way]->order, got, -1);
		got = control[way]->order;
		if (control[way]->what == SEND)
			send_bits(control[way]->start);
		else
			gather(control[way]->what);
		control[way]->answer = got;
		probe_wake(&control[way]->answer, 1);
	}
}

static void order(int i, int what)
{
	control[i]->what = what;
	control[i]->order++;
	probe_wake(&control[i]->order, 1);
}

/* Waits until the last order is carried out. */
static void await(int i)
{
	int was;

	while ((was = control[i]->answer) != control[i]->order)
		probe_wait(&control[i]->answer, was, -1);
}

static int setup(void)
{
	struct sys_timespec t[2];
	uint64_t ticks;
	long us;

	words[0] = (int *)sys_mmap(4L * WORDS, 3, 0x21, -1, 0);
	words[1] = (int *)sys_mmap(4L * WORDS, 3, 0x22, -1, 0);
	if (sys_failed((long)words[0]) || sys_failed((long)words[1]))
		return ENOMEM;
	for (way = 0; way < WAYS; way++) {
		control[way] = probe_shared();
		if (!control[way])
			return ENOMEM;
		if (probe_partner(sender) < 0)
			return EAGAIN;
		order(way, 0);
		await(way);
	}
	stay_at(0);
	sys(__NR_clock_gettime, 1, t);
	ticks = now();
	probe_nap(5000000);
	ticks = now() - ticks;
	sys(__NR_clock_gettime, 1, t + 1);
	us = (t[1].tv_sec - t[0].tv_sec) * 1000000 +
	     (t[1].tv_nsec - t[0].tv_nsec) / 1000;
	per_us = ticks / (uint64_t)us;
	for (int i = 0; i < WAYS; i++)
		control[i]->per_us = per_us;
	return per_us ? 0 : ERANGE;
}

static uint64_t wake_time(int i, int w, int times)
{
	uint64_t best = ~0ull;

	for (int k = 0; k < times; k++) {
		uint64_t t = now();

		sys_futex(words[!!i] + w, FUTEX_WAKE | (i ? 128 : 0), 1, NULL,
			NULL, 0);
		t = now() - t;
		best = t < best ? t : best;
	}
	return best;
}

static uint32_t quiet[WORDS];
static uint64_t limit; /* between a wake at an empty bucket and a crowd's */

static uint64_t end; /* of what is tried of a way */

/* Does word W feel the crowd come and go, three times in a row? */
static bool feels(int i, int w)
{
	for (int k = 0; k < 3; k++) {
		uint64_t with, without;

		order(i, 1);
		await(i);
		with = wake_time(i, w, 30);
		order(i, 0);
		await(i);
		without = wake_time(i, w, 30);
		if (with < without + without / 2)
			return false;
		limit = (with + without) / 2;
	}
	return true;
}

/* How many words feel it; *one is such a word. */
static int search(int i, int *one)
{
	int hits = 0;

	for (int w = 0; w < WORDS; w++)
		quiet[w] = (uint32_t)wake_time(i, w, 8);
	order(i, 1);
	await(i);
	for (int w = 0; w < WORDS; w++)
		quiet[w] = wake_time(i, w, 8) > quiet[w] + quiet[w] / 2;
	for (int w = 0; w < WORDS && now() < end; w++)
		if (quiet[w] && feels(i, w)) {
			*one = w;
			hits++;
		}
	return hits;
}

/* Bits of a thousand that come wrong. */
static int listen(int i, int w)
{
	uint64_t start = now() + 20000 * per_us;
	int wrong = 0;

	control[i]->start = start;
	order(i, SEND);
	for (int k = 0; k < BITS; k++) {
		uint64_t from_here = start + (uint64_t)k * SLOT * per_us;
		uint64_t best = ~0ull;

		while (now() < from_here + SLOT * per_us / 2)
			;
		do {
			uint64_t t = wake_time(i, w, 1);

			best = t < best ? t : best;
		} while (now() < from_here + SLOT * per_us * 9 / 10);
		wrong += (best > limit) != bit(k);
	}
	await(i);
	return wrong * 1000 / BITS;
}

static void tell(int i)
{
	int word = 0, hits, got[ROUNDS] = { 0 };

	end = now() + 2000000 * per_us;
	hits = search(i, &word);

	for (int k = 0; k < ROUNDS; k++) {
		int at = k, wrong = hits && now() < end ? listen(i, word) : 500;

		for (; at && got[at - 1] > wrong; at--)
			got[at] = got[at - 1];
		got[at] = wrong;
	}
	probe_value(hits);
	probe_value(got[0]);
	probe_value(got[ROUNDS / 2]);
	probe_value(got[ROUNDS - 1]);
}

static int run(void)
{
	for (int i = 0; i < WAYS; i++)
		tell(i);
	return 0;
}

PROBE_RAW = {
	.about = "tell by the time of a wake where another process's sleepers "
		 "are",
	.setup = setup,
	.run = run,
	.under = "four",
	.flavours = "raw",
	.untraced = true,
	.expect = {
		{ WORKS, .why = "what it saw is in the values, and differs by "
				"kernel: results/timing.md" },
	},
	.seen = { "Linux kernel/futex/core.c, futex_hash: the buckets",
		"https://man7.org/linux/man-pages/man2/PR_FUTEX_HASH.2const.html" },
};
