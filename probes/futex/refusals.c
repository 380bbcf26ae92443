/* SPDX-License-Identifier: MIT */
/*
 * futex/refusals.c: what an operation answers at a word where somebody sleeps
 * by an operation of another kind: EINVAL, and whoever slept there sleeps on.
 */
#include "sleeper.h"

enum { PLAIN, LOCKED, WAITING, MINE, FREE, TARGET, OTHER, WORDS };

static const struct row {
	short op, word;
	int val, val2;
	short word2;
	short errnum;
} rows[] = {
	/* Where one waits in FUTEX_WAIT. */
	{ FUTEX_LOCK_PI, PLAIN, 0, 0, FREE, EINVAL },
	{ FUTEX_TRYLOCK_PI, PLAIN, 0, 0, FREE, EINVAL },
	{ FUTEX_UNLOCK_PI, MINE, 0, 0, FREE, EINVAL },
	{ FUTEX_UNLOCK_PI, PLAIN, 0, 0, FREE, EPERM },
	{ FUTEX_CMP_REQUEUE_PI, PLAIN, 1, 0, FREE, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, PLAIN, 1, 9, FREE, EINVAL },
	/* Where one waits for a PI lock. */
	{ FUTEX_WAKE, LOCKED, 1, 0, FREE, EINVAL },
	{ FUTEX_WAKE_BITSET, LOCKED, 1, 0, FREE, EINVAL },
	{ FUTEX_WAKE_OP, LOCKED, 1, 1, FREE, EINVAL },
	{ FUTEX_WAKE_OP, FREE, 1, 1, LOCKED, EINVAL },
	{ FUTEX_REQUEUE, LOCKED, 1, 0, FREE, EINVAL },
	{ FUTEX_REQUEUE, LOCKED, 0, 1, FREE, EINVAL },
	{ FUTEX_CMP_REQUEUE, LOCKED, 0, 1, FREE, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, LOCKED, 1, 1, FREE, EINVAL },
	{ FUTEX_UNLOCK_PI, LOCKED, 0, 0, FREE, EPERM },
	{ FUTEX_TRYLOCK_PI, LOCKED, 0, 0, FREE, EAGAIN },
	/* Where one waits to be moved to TARGET. */
	{ FUTEX_WAKE, WAITING, 1, 0, FREE, EINVAL },
	{ FUTEX_WAKE_BITSET, WAITING, 1, 0, FREE, EINVAL },
	{ FUTEX_WAKE_OP, WAITING, 1, 1, FREE, EINVAL },
	{ FUTEX_WAKE_OP, FREE, 1, 1, WAITING, EINVAL },
	{ FUTEX_REQUEUE, WAITING, 1, 0, FREE, EINVAL },
	{ FUTEX_REQUEUE, WAITING, 0, 1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE, WAITING, 0, 1, TARGET, EINVAL },
	{ FUTEX_LOCK_PI, WAITING, 0, 0, FREE, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, 1, 1, OTHER, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, 1, 1, WAITING, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, 0, 1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, 2, 1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, -1, 1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE_PI, WAITING, 1, -1, TARGET, EINVAL },
	{ FUTEX_WAIT_REQUEUE_PI, FREE, 0, 0, FREE, EINVAL },
	{ FUTEX_WAIT_REQUEUE_PI, FREE, 9, 0, TARGET, EAGAIN },
	/* Where nobody does. */
	{ FUTEX_UNLOCK_PI, FREE, 0, 0, FREE, EPERM },
	{ FUTEX_REQUEUE, FREE, -1, 1, TARGET, EINVAL },
	{ FUTEX_REQUEUE, FREE, 1, -1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE, FREE, -1, 1, TARGET, EINVAL },
	{ FUTEX_CMP_REQUEUE, FREE, 1, -1, TARGET, EINVAL },
};

static int words[2][WORDS], ready[2], go, done[2];
static struct sleeper s[2][4];

static int flag(int shared)
{
	return shared ? 0 : FUTEX_PRIVATE_FLAG;
}

static void owner(void *arg)
{
	int i = (int)(long)arg;

	sys_futex(words[i] + LOCKED, FUTEX_LOCK_PI | flag(i), 0, NULL, NULL, 0);
	probe_open(ready + i);
	probe_pass(&go);
	sys_futex(
		words[i] + LOCKED, FUTEX_UNLOCK_PI | flag(i), 0, NULL, NULL, 0);
}

static int setup_of(int i)
{
	static const int where[] = { PLAIN, LOCKED, WAITING, MINE };
	static const int ops[] = { FUTEX_WAIT, FUTEX_LOCK_PI,
		FUTEX_WAIT_REQUEUE_PI, FUTEX_WAIT };
	int err = 0;

	if (probe_thread(owner, (void *)(long)i, done + i) < 0)
		return EAGAIN;
	probe_pass(ready + i);
	words[i][MINE] = (int)sys(__NR_gettid);
	for (int k = 0; k < 4 && !err; k++) {
		s[i][k].word = words[i] + where[k];
		s[i][k].op = ops[k] | flag(i);
		s[i][k].val = *s[i][k].word;
		s[i][k].word2 = words[i] + TARGET;
		err = sleeper_start(&s[i][k]);
	}
	return err;
}

static int setup(void)
{
	int err = setup_of(0);

	return err ? err : setup_of(1);
}

/* WAKE_OP leaves its second word as it is; a requeue compares with what is
 * there. */
static long try(int i, const struct row *r)
{
	int *word = words[i] + r->word;
	int val3 = *word;

	if (r->op == FUTEX_WAKE_OP)
		val3 = (int)FUTEX_OP(FUTEX_OP_ADD, 0, FUTEX_OP_CMP_NE, -1);
	if (r->op == FUTEX_WAKE_BITSET)
		val3 = (int)FUTEX_BITSET_MATCH_ANY;
	return sys_futex(word, r->op | flag(i), r->val, (void *)(long)r->val2,
		words[i] + r->word2, val3);
}

static int run(void)
{
	int before[2][WORDS];

	__builtin_memcpy(before, words, sizeof(words));
	for (int n = 0; n < 2 * (int)(sizeof(rows) / sizeof(*rows)); n++) {
		CHECK_AT(n, try(n % 2, rows + n / 2) == -rows[n / 2].errnum);
		CHECK_AT(n, !__builtin_memcmp(before, words, sizeof(words)));
	}
	for (int i = 0; i < 8; i++)
		CHECK_AT(i, !s[i % 2][i / 2].ended);
	probe_open(&go);
	for (int i = 0; i < 2; i++) {
		CHECK(!sleeper_result(&s[i][1]));
		CHECK(sys_futex(words[i] + PLAIN, FUTEX_WAKE | flag(i), 9, NULL,
			      NULL, 0) == 1);
		CHECK(sys_futex(words[i] + MINE, FUTEX_WAKE | flag(i), 9, NULL,
			      NULL, 0) == 1);
		CHECK(sys_futex(words[i] + WAITING,
			      FUTEX_CMP_REQUEUE_PI | flag(i), 1, (void *)9,
			      words[i] + TARGET, 0) == 1);
		CHECK(!sleeper_result(&s[i][2]));
		/* More might have been moved: the next unlock has to look. */
		CHECK(words[i][TARGET] == (int)(s[i][2].tid | FUTEX_WAITERS));
	}
	return 0;
}

PROBE_RAW = {
	.about = "each operation at words where a thread sleeps by another "
		 "kind of operation, or none does",
	.setup = setup,
	.run = run,
	.under = "four",
	.has = "requeue_pi",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html",
		"Linux kernel/futex/pi.c, attach_to_pi_state",
		"Linux kernel/futex/requeue.c, futex_requeue" },
};
