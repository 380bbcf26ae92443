/* SPDX-License-Identifier: MIT */
/* planted_must.c: faults planted on purpose: what must happen, and does not. */
#ifdef QUARTET_PLANTED

#include "executor/planted_int.h"

static long futex_of(const struct args *a, int op, volatile int *word, long val,
	long val2, volatile int *word2)
{
	return sys_futex(word, op | (a->op & FUTEX_PRIVATE_FLAG), val,
		(void *)val2, word2, 0);
}

/* The last in the queue is woken, not the first. */
long planted_wakes_last(struct args *a)
{
	static volatile int aside;
	long n, ret;

	if (cmd(a) != FUTEX_WAKE || a->val != 1 || !aligned(a) ||
		(n = sleepers(a)) < 2)
		return real(a);
	futex_of(a, FUTEX_REQUEUE, a->word, 0, n - 1, &aside);
	ret = real(a);
	futex_of(a, FUTEX_REQUEUE, &aside, 0, INT_MAX, a->word);
	return ret;
}

long planted_wakes_less(struct args *a)
{
	a->val -= cmd(a) == FUTEX_WAKE && (int)a->val > 1;
	return real(a);
}

long planted_wakes_more(struct args *a)
{
	long ret, val = a->val;

	if (cmd(a) != FUTEX_WAKE || (int)val < 1)
		return real(a);
	a->val++;
	ret = real(a);
	return ret > val ? val : ret;
}

long planted_wake_zero_none(struct args *a)
{
	return cmd(a) == FUTEX_WAKE && !a->val && aligned(a) && sleepers(a)
		       ? 0
		       : real(a);
}

long planted_bitset_one(struct args *a)
{
	if (cmd(a) == FUTEX_WAKE_BITSET)
		a->val = 1;
	return real(a);
}

/* FUTEX_WAKE wakes whatever the bits of the sleeper are. */
long planted_skips_bits(struct args *a)
{
	if (cmd(a) == FUTEX_WAKE) {
		a->op += FUTEX_WAKE_BITSET - FUTEX_WAKE;
		a->val3 = INT_MAX;
	}
	return real(a);
}

static bool requeues(const struct args *a)
{
	return cmd(a) == FUTEX_REQUEUE || cmd(a) == FUTEX_CMP_REQUEUE;
}

long planted_requeue_less(struct args *a)
{
	if (requeues(a) && (int)(long)a->fourth > 0)
		a->fourth = (const void *)((long)a->fourth - 1);
	return real(a);
}

long planted_requeue_tells_woken(struct args *a)
{
	long ret = real(a);

	return requeues(a) && ret > a->val && (int)a->val >= 0 ? a->val : ret;
}

/* Moves first, and wakes of those who are left. */
long planted_requeue_moves_first(struct args *a)
{
	long moved, woken;

	if (cmd(a) != FUTEX_REQUEUE || a->op & FUTEX_CLOCK_REALTIME ||
		(int)a->val < 1 || (int)(long)a->fourth < 1 || !aligned(a))
		return real(a);
	moved = futex_of(
		a, FUTEX_REQUEUE, a->word, 0, (long)a->fourth, a->word2);
	if (moved < 0)
		return moved;
	woken = futex_of(a, FUTEX_WAKE, a->word, a->val, 0, a->word);
	return woken < 0 ? woken : moved + woken;
}

long planted_requeue_wakes_less(struct args *a)
{
	a->val -= requeues(a) && (int)a->val > 0;
	return real(a);
}

/* EAGAIN, and moved all the same. */
long planted_compares_late(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_CMP_REQUEUE && ret == -EAGAIN)
		futex_of(a, FUTEX_REQUEUE, a->word, a->val, (long)a->fourth,
			a->word2);
	return ret;
}

static int op_of(const struct args *a)
{
	return cmd(a) == FUTEX_WAKE_OP && writable(a->word2) &&
			       !((unsigned long)a->word2 & 3)
		       ? (int)(a->val3 >> 28 & 7)
		       : -1;
}

/* The comparison becomes another, with ARG. */
static void compare(struct args *a, long with, long arg)
{
	a->val3 = (a->val3 & ~0x0f000fffl) | with << 24 | (arg & 0xfff);
}

long planted_op_first_only(struct args *a)
{
	if (op_of(a) >= 0 && (a->val3 >> 24 & 15) <= FUTEX_OP_CMP_GE)
		compare(a, FUTEX_OP_CMP_EQ, *a->word2 + 1);
	return real(a);
}

long planted_op_always(struct args *a)
{
	if (op_of(a) >= 0 && (a->val3 >> 24 & 15) <= FUTEX_OP_CMP_GE)
		compare(a, FUTEX_OP_CMP_NE, *a->word2 + 1);
	return real(a);
}

long planted_op_unsigned(struct args *a)
{
	unsigned old, with = (unsigned)((int)(a->val3 << 20) >> 20);

	if (op_of(a) >= 0 && (a->val3 >> 24 & 15) == FUTEX_OP_CMP_LT) {
		old = (unsigned)*a->word2;
		compare(a, old < with ? FUTEX_OP_CMP_NE : FUTEX_OP_CMP_EQ,
			(long)old + 1);
	}
	return real(a);
}

long planted_op_andn_and(struct args *a)
{
	if (op_of(a) == FUTEX_OP_ANDN && !(a->val3 >> 31 & 1))
		a->val3 ^= 0xfff000;
	return real(a);
}

long planted_op_no_sign(struct args *a)
{
	bool wrong = op_of(a) == FUTEX_OP_ADD && !(a->val3 >> 31 & 1) &&
		     a->val3 & 0x800000;
	long ret = real(a);

	if (wrong)
		__atomic_add_fetch(a->word2, 4096, __ATOMIC_SEQ_CST);
	return ret;
}

long planted_op_no_shift(struct args *a)
{
	if (op_of(a) >= 0)
		a->val3 &= ~0x80000000l;
	return real(a);
}

long planted_op_xor_or(struct args *a)
{
	if (op_of(a) == FUTEX_OP_XOR)
		a->val3 = (a->val3 & ~0x70000000l) | (long)FUTEX_OP_OR << 28;
	return real(a);
}

long planted_op_gt_ge(struct args *a)
{
	if (op_of(a) >= 0 && (a->val3 >> 24 & 15) == FUTEX_OP_CMP_GT)
		a->val3 += 1l << 24;
	return real(a);
}

static bool is_wait(const struct args *a)
{
	return (cmd(a) == FUTEX_WAIT || cmd(a) == FUTEX_WAIT_BITSET) &&
	       aligned(a) && readable(a);
}

long planted_high_bit(struct args *a)
{
	if (is_wait(a) && ((unsigned)a->val ^ (unsigned)*a->word) == 1u << 31)
		a->val = *a->word;
	return real(a);
}

long planted_low_byte(struct args *a)
{
	if (is_wait(a) && !(((unsigned)a->val ^ (unsigned)*a->word) & 255))
		a->val = *a->word;
	return real(a);
}

/* An errno is owed, and it sleeps. */
long planted_zero_bits_sleep(struct args *a)
{
	if (cmd(a) == FUTEX_WAIT_BITSET && !a->val3)
		a->val3 = -1;
	return real(a);
}

/* A page that is not there, or must be copied, is not fetched. */
long planted_dropped_fault(struct args *a)
{
	bool gone = inside.dropped && a->word == inside.dropped;

	inside.dropped = NULL;
	return gone ? -EFAULT : real(a);
}

long planted_copied_fault(struct args *a)
{
	return inside.forked && cmd(a) == FUTEX_UNLOCK_PI ? -EFAULT : real(a);
}

/* It is copied, and the old page written. */
long planted_copied_old(struct args *a)
{
	bool keeps =
		inside.forked && cmd(a) == FUTEX_WAKE_OP && writable(a->word2);
	int was = keeps ? *a->word2 : 0;
	long ret = real(a);

	if (keeps)
		*a->word2 = was;
	return ret;
}

static bool has_forked(void)
{
	const struct program *p = &inside.h->program;

	for (int i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_FORK && inside.h->result.end[i])
			return true;
	return false;
}

/* Who sleeps is lost with the page that is to be copied. */
long planted_fork_loses(struct args *a)
{
	return cmd(a) == FUTEX_WAKE && sleepers(a) && has_forked() ? 0
								   : real(a);
}

#else

typedef int planted_nothing;

#endif
