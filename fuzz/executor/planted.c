/* SPDX-License-Identifier: MIT */
/*
 * planted.c: a futex that breaks its promises on purpose, one at a time, to
 * prove that the oracles notice: built with QUARTET_PLANTED, chosen by the
 * environment variable of that name. Empty in every other build.
 */
#ifdef QUARTET_PLANTED

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "executor/inside_state.h"
#include "executor/planted.h"
#include "sys/futex.h"
#include "sys/sys.h"

struct args {
	volatile int *word;
	int op;
	long val;
	const void *fourth;
	volatile int *word2;
	long val3;
};

static long real(const struct args *a)
{
	return sys_futex(a->word, a->op, a->val, a->fourth, a->word2, a->val3);
}

static int cmd(const struct args *a)
{
	return a->op & FUTEX_COMMAND;
}

static bool aligned(const struct args *a)
{
	return !((unsigned long)a->word & 3);
}

/* The word can be touched: it is one that the kernel has just read. */
static bool readable(const struct args *a)
{
	struct args look = *a;
	const struct sys_timespec now = { 0, 0 };
	long ret;

	look.op = FUTEX_WAIT_PRIVATE;
	look.fourth = &now;
	ret = real(&look);
	return ret == -EAGAIN || ret == -ETIMEDOUT;
}

static bool writable(volatile int *word)
{
	const struct program *p = &inside.h->program;

	for (int i = 0; i < p->nwords; i++)
		if (inside_word(i) == word && program_writable(p, i))
			return true;
	return false;
}

static long sleepers(const struct args *a)
{
	long n =
		sys_futex(a->word, FUTEX_REQUEUE | (a->op & FUTEX_PRIVATE_FLAG),
			0, (void *)(long)INT_MAX, a->word, 0);

	return n > 0 ? n : 0;
}

static long lost_wake(struct args *a)
{
	long n;

	if (cmd(a) != FUTEX_WAKE || !aligned(a))
		return real(a);
	n = sleepers(a);
	return n < a->val ? n : a->val;
}

static long silent_loss(struct args *a)
{
	return cmd(a) == FUTEX_WAKE && sleepers(a) ? 0 : real(a);
}

static long double_count(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAKE && ret > 0 ? ret + 1 : ret;
}

static long wakes_all(struct args *a)
{
	long ret, val = a->val;

	if (cmd(a) != FUTEX_WAKE)
		return real(a);
	a->val = INT_MAX;
	ret = real(a);
	return ret > val && val > 0 ? val : ret;
}

static long requeue_wakes(struct args *a)
{
	if ((cmd(a) == FUTEX_REQUEUE || cmd(a) == FUTEX_CMP_REQUEUE) &&
		a->val >= 0 && (int)(long)a->fourth >= 0)
		a->val = INT_MAX;
	return real(a);
}

static long requeue_counts_twice(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_REQUEUE && ret > 0 ? 2 * ret : ret;
}

static long wrong_errno(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT && ret == -EAGAIN ? -EINTR : ret;
}

static long stray_write(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_WAKE && aligned(a) && writable(a->word))
		a->word[2] = 1;
	return ret;
}

static long ignores_value(struct args *a)
{
	if (cmd(a) == FUTEX_WAIT && aligned(a) && readable(a))
		a->val = *a->word;
	return real(a);
}

static long early_timeout(struct args *a)
{
	struct sys_timespec half;

	if (cmd(a) == FUTEX_WAIT && (unsigned long)a->fourth > 4096) {
		half = *(const struct sys_timespec *)a->fourth;
		if (half.tv_nsec < 1000000000)
			half.tv_nsec /= 2;
		a->fourth = &half;
	}
	return real(a);
}

static long wrong_owner(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_LOCK_PI && ret == 0)
		__atomic_xor_fetch(a->word, 2, __ATOMIC_SEQ_CST);
	return ret;
}

static long lazy_unlock(struct args *a)
{
	return cmd(a) == FUTEX_UNLOCK_PI && aligned(a) && readable(a) ? 0
								      : real(a);
}

static long ignores_bits(struct args *a)
{
	if (cmd(a) == FUTEX_WAKE_BITSET && a->val3)
		a->val3 = -1;
	return real(a);
}

static long ignores_private(struct args *a)
{
	long ret = real(a);

	if (cmd(a) != FUTEX_WAKE || ret != 0)
		return ret;
	a->op ^= FUTEX_PRIVATE_FLAG;
	ret = real(a);
	return ret > 0 ? ret : 0;
}

static long ignores_compare(struct args *a)
{
	if (cmd(a) == FUTEX_CMP_REQUEUE)
		a->op ^= FUTEX_REQUEUE ^ FUTEX_CMP_REQUEUE;
	return real(a);
}

static long no_wake_op(struct args *a)
{
	/* FUTEX_OP_OR with 0: the operation is lost. */
	if (cmd(a) == FUTEX_WAKE_OP && (a->val3 >> 28 & 7) <= FUTEX_OP_XOR)
		a->val3 = (a->val3 & 0x0f000fff) | (long)FUTEX_OP_OR << 28;
	return real(a);
}

static long takes_any_time(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT_BITSET && ret == -EINVAL && a->val3 &&
			       aligned(a)
		       ? -ETIMEDOUT
		       : ret;
}

static long foreign_wake(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_WAKE && ret > 0)
		sys_futex(&inside.h->canary_word, FUTEX_WAKE, 1, NULL, NULL, 0);
	return ret;
}

static long sleeps_again(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT && ret == 0 && !inside.draining ? real(a)
								    : ret;
}

static long never_back(struct args *a)
{
	static int hidden;
	long ret = real(a);

	while (cmd(a) == FUTEX_WAIT && ret == 0)
		sys_futex(&hidden, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	return ret;
}

static const struct {
	const char *name;
	long (*call)(struct args *a);
} faults[] = {
	{ "lost-wake", lost_wake },
	{ "silent-loss", silent_loss },
	{ "double-count", double_count },
	{ "wakes-all", wakes_all },
	{ "requeue-wakes", requeue_wakes },
	{ "requeue-counts-twice", requeue_counts_twice },
	{ "wrong-errno", wrong_errno },
	{ "stray-write", stray_write },
	{ "ignores-value", ignores_value },
	{ "early-timeout", early_timeout },
	{ "wrong-owner", wrong_owner },
	{ "lazy-unlock", lazy_unlock },
	{ "ignores-bits", ignores_bits },
	{ "ignores-private", ignores_private },
	{ "ignores-compare", ignores_compare },
	{ "no-wake-op", no_wake_op },
	{ "takes-any-time", takes_any_time },
	{ "foreign-wake", foreign_wake },
	{ "sleeps-again", sleeps_again },
	{ "never-back", never_back },
};

#define FAULTS (sizeof(faults) / sizeof(*faults))

static long (*chosen)(struct args *a) = NULL;

int planted_choose(void)
{
	const char *name = getenv("QUARTET_PLANTED");

	for (size_t i = 0; name && i < FAULTS; i++)
		if (!strcmp(faults[i].name, name))
			chosen = faults[i].call;
	return name && *name && !chosen ? -EINVAL : 0;
}

long planted_futex(volatile int *word, int op, long val, const void *fourth,
	volatile int *word2, long val3)
{
	struct args a = { word, op, val, fourth, word2, val3 };

	return chosen ? chosen(&a) : real(&a);
}

#else

/* ISO C forbids an empty file. */
typedef int planted_nothing;

#endif
