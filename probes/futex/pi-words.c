/* SPDX-License-Identifier: MIT */
/*
 * futex/pi-words.c: what a PI lock's word becomes: taken, tried, waited for,
 * handed over and given back, from each of the words that it can hold.
 */
#include "sleeper.h"

#define DIED	 FUTEX_OWNER_DIED
#define WAITERS	 FUTEX_WAITERS
#define STRANGER 0x3ffffffe /* nobody's */

/* `own` stands for the leader's id in the word, before and after. */
static const struct row {
	short op;
	bool own;
	unsigned before;
	short errnum;
	bool own_after;
	unsigned after;
} rows[] = {
	{ FUTEX_LOCK_PI, false, 0, 0, true, 0 },
	{ FUTEX_LOCK_PI, false, DIED, 0, true, DIED },
	{ FUTEX_LOCK_PI, false, WAITERS, 0, true, 0 },
	{ FUTEX_LOCK_PI, false, DIED | WAITERS, 0, true, DIED },
	{ FUTEX_LOCK_PI, true, 0, EDEADLK, true, 0 },
	{ FUTEX_LOCK_PI, true, DIED, EDEADLK, true, DIED },
	{ FUTEX_LOCK_PI, true, WAITERS, EDEADLK, true, WAITERS },
	{ FUTEX_LOCK_PI, false, STRANGER, ESRCH, false, STRANGER | WAITERS },
	{ FUTEX_LOCK_PI, false, STRANGER | DIED, ESRCH, false,
		STRANGER | DIED | WAITERS },
	{ FUTEX_UNLOCK_PI, true, 0, 0, false, 0 },
	{ FUTEX_UNLOCK_PI, true, DIED, 0, false, 0 },
	{ FUTEX_UNLOCK_PI, true, WAITERS, 0, false, 0 },
	{ FUTEX_UNLOCK_PI, true, DIED | WAITERS, 0, false, 0 },
	{ FUTEX_UNLOCK_PI, false, 0, EPERM, false, 0 },
	{ FUTEX_UNLOCK_PI, false, DIED | WAITERS, EPERM, false,
		DIED | WAITERS },
	{ FUTEX_UNLOCK_PI, false, STRANGER, EPERM, false, STRANGER },
	{ FUTEX_UNLOCK_PI, false, STRANGER | WAITERS, EPERM, false,
		STRANGER | WAITERS },
};

enum { TRIES = 2 };

static unsigned word, locks[TRIES];
static int tid, ready[TRIES], go[TRIES], over[TRIES];
static struct sleeper s[TRIES];
static const unsigned had[TRIES] = { 0, DIED };
static unsigned owners[TRIES];

static void owner(void *arg)
{
	int i = (int)(long)arg;

	owners[i] = (unsigned)sys(__NR_gettid);
	locks[i] = owners[i] | had[i];
	probe_open(ready + i);
	probe_pass(go + i);
	sys_futex((int *)locks + i, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0);
}

static bool has_kthread; /* 2 is the kernel's, where the first pids are seen */

static bool find_kthread(void)
{
	char name[9] = "";
	long fd = sys(__NR_open, "/proc/2/comm", 0);

	if (sys_failed(fd))
		return false;
	sys(__NR_read, fd, name, 8);
	sys(__NR_close, fd);
	return !__builtin_memcmp(name, "kthreadd", 8);
}

static int setup(void)
{
	int err = 0;

	has_kthread = find_kthread();
	tid = (int)sys(__NR_gettid);
	for (long i = 0; i < TRIES && !err; i++) {
		if (probe_thread(owner, (void *)i, over + i) < 0)
			return EAGAIN;
		probe_pass(ready + i);
		s[i].word = (int *)locks + i;
		s[i].op = FUTEX_LOCK_PI_PRIVATE;
		err = sleeper_start(s + i);
	}
	return err;
}

static int try(const struct row *r, int op)
{
	word = r->before | (r->own ? (unsigned)tid : 0);
	CHECK(sys_futex((int *)&word, op, 0, NULL, NULL, 0) == -r->errnum);
	CHECK(word == (r->after | (r->own_after ? (unsigned)tid : 0)));
	return 0;
}

/* Waited for, tried by a third, and handed over. */
static int contend(int i)
{
	volatile unsigned *lock = locks + i;

	CHECK(*lock == (owners[i] | had[i] | WAITERS));
	CHECK(sys_futex((int *)locks + i, FUTEX_TRYLOCK_PI_PRIVATE, 0, NULL,
		      NULL, 0) == -EAGAIN);
	CHECK(*lock == (owners[i] | had[i] | WAITERS));
	CHECK(sys_futex((int *)locks + i, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL,
		      NULL, 0) == -EPERM);
	probe_open(go + i);
	CHECK(!sleeper_result(s + i));
	CHECK(*lock == ((unsigned)s[i].tid | WAITERS));
	return 0;
}

static int run(void)
{
	for (int i = 0; i < (int)(sizeof(rows) / sizeof(*rows)); i++) {
		int op = rows[i].op;

		CHECK_AT(i, !try(rows + i, op));
		CHECK_AT(i, !try(rows + i, op | FUTEX_PRIVATE_FLAG));
		if (op != FUTEX_LOCK_PI)
			continue;
		op = FUTEX_TRYLOCK_PI;
		CHECK_AT(i, !try(rows + i, op));
		CHECK_AT(i, !try(rows + i, op | FUTEX_PRIVATE_FLAG));
	}
	word = 2;
	CHECK(!has_kthread || sys_futex((int *)&word, FUTEX_LOCK_PI_PRIVATE, 0,
				      NULL, NULL, 0) == -EPERM);
	for (int i = 0; i < TRIES; i++)
		CHECK_AT(100 + i, !contend(i));
	return 0;
}

PROBE_RAW = {
	.about = "take, try, hand over and give back a PI lock, whatever its "
		 "word holds before",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/pi.c, futex_lock_pi_atomic, "
		"wake_futex_pi" },
};
