/* SPDX-License-Identifier: MIT */
/* futex/beside.c: an operation changes its word as documented, and no byte
 * beside it. */
#include "sleeper.h"

#define FILL 0xa5

static struct {
	unsigned char before[64];
	int word;
	unsigned char after[64];
} first, second;
static struct sys_timespec past;
static int tid;

#define ARITHMETIC(op, arg) FUTEX_OP(op, arg, FUTEX_OP_CMP_EQ, 0)

/* Both words begin as WAS, the first one ends as FIRST, the second as SECOND;
 * TID stands for the thread's own. */
enum { TID = 0x7fffffff };
static const struct {
	int op, was, val, val3, first, second;
	long ret;
} table[] = {
	{ FUTEX_WAIT, 5, 5, 0, 5, 5, -ETIMEDOUT },
	{ FUTEX_WAIT, 5, 6, 0, 5, 5, -EAGAIN },
	{ FUTEX_WAIT_BITSET, 5, 5, 1, 5, 5, -ETIMEDOUT },
	{ FUTEX_WAKE, 5, 9, 0, 5, 5, 0 },
	{ FUTEX_WAKE_BITSET, 5, 9, -1, 5, 5, 0 },
	{ FUTEX_REQUEUE, 5, 9, 0, 5, 5, 0 },
	{ FUTEX_CMP_REQUEUE, 5, 9, 5, 5, 5, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_SET, 7), 5, 7, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_ADD, 7), 5, 12, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_ADD, 0xfff), 5, 4, 0 },
	{ FUTEX_WAKE_OP, -1, 9, ARITHMETIC(FUTEX_OP_ADD, 1), -1, 0, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_OR, 0x82), 5, 0x87, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_ANDN, 1), 5, 4, 0 },
	{ FUTEX_WAKE_OP, 5, 9, ARITHMETIC(FUTEX_OP_XOR, 15), 5, 10, 0 },
	{ FUTEX_LOCK_PI, 0, 0, 0, TID, 0, 0 },
	{ FUTEX_LOCK_PI, TID, 0, 0, TID, TID, -EDEADLK },
	{ FUTEX_TRYLOCK_PI, 0, 0, 0, TID, 0, 0 },
	{ FUTEX_UNLOCK_PI, TID, 0, 0, 0, TID, 0 },
	{ FUTEX_UNLOCK_PI, 0, 0, 0, 0, 0, -EPERM },
	{ FUTEX_WAIT_REQUEUE_PI, 5, 5, -1, 5, 5, -ETIMEDOUT },
	{ FUTEX_CMP_REQUEUE_PI, 5, 1, 5, 5, 5, 0 },
};

static int setup(void)
{
	tid = (int)sys(__NR_gettid);
	return 0;
}

static bool beside_holds(void)
{
	for (int i = 0; i < 64; i++)
		if (first.before[i] != FILL || first.after[i] != FILL ||
			second.before[i] != FILL || second.after[i] != FILL)
			return false;
	return true;
}

static int real(int word)
{
	return word == TID ? tid : word;
}

static bool has_timeout(int op)
{
	return op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET ||
	       op == FUTEX_WAIT_REQUEUE_PI;
}

static int try(int i, int flags)
{
	__builtin_memset(&first, FILL, sizeof(first));
	__builtin_memset(&second, FILL, sizeof(second));
	first.word = second.word = real(table[i].was);
	long ret = sys_futex(&first.word, table[i].op | flags, table[i].val,
		has_timeout(table[i].op) ? &past : NULL, &second.word,
		table[i].val3);

	CHECK_AT(i, ret == table[i].ret);
	CHECK_AT(i, first.word == real(table[i].first));
	CHECK_AT(i, second.word == real(table[i].second));
	CHECK_AT(i, beside_holds());
	return 0;
}

static int run(void)
{
	int err = 0;

	for (int i = 0; !err && i < (int)(sizeof(table) / sizeof(*table));
		i++) {
		err = try(i, 0);
		if (!err)
			err = try(i, FUTEX_PRIVATE_FLAG);
	}
	return err;
}

PROBE_RAW = {
	.about = "each operation, private and shared: its words after it, and the "
		 "64 bytes before and behind them",
	.setup = setup,
	.run = run,
	.under = "four",
	.expect = {
		{ WORKS },
	},
	.seen = { "https://man7.org/linux/man-pages/man2/futex.2.html" },
};
