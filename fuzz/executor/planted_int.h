/* SPDX-License-Identifier: MIT */
/* planted_int.h: what the planted faults share. */
#ifndef EXECUTOR_PLANTED_INT_H
#define EXECUTOR_PLANTED_INT_H

#include <errno.h>
#include <limits.h>

#include "executor/inside_state.h"
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

static inline long real(const struct args *a)
{
	return sys_futex(a->word, a->op, a->val, a->fourth, a->word2, a->val3);
}

static inline int cmd(const struct args *a)
{
	return a->op & FUTEX_COMMAND;
}

static inline bool aligned(const struct args *a)
{
	return !((unsigned long)a->word & 3);
}

/* The word can be touched: it is one that the kernel has just read. */
static inline bool readable(const struct args *a)
{
	struct args look = *a;
	const struct sys_timespec now = { 0, 0 };
	long ret;

	look.op = FUTEX_WAIT_PRIVATE;
	look.fourth = &now;
	ret = real(&look);
	return ret == -EAGAIN || ret == -ETIMEDOUT;
}

static inline bool writable(volatile int *word)
{
	const struct program *p = &inside.h->program;

	for (int i = 0; i < p->nwords; i++)
		if (inside_word(i) == word && program_writable(p, i))
			return true;
	return false;
}

static inline long sleepers(const struct args *a)
{
	long n =
		sys_futex(a->word, FUTEX_REQUEUE | (a->op & FUTEX_PRIVATE_FLAG),
			0, (void *)(long)INT_MAX, a->word, 0);

	return n > 0 ? n : 0;
}

/* A fault: does the call, wrongly. */
typedef long planted_call(struct args *a);

/* planted_errno.c: what is told, and is not so. */
extern planted_call planted_times_out_again, planted_unaligned_efault,
	planted_unknown_einval, planted_takes_realtime, planted_takes_negative,
	planted_takes_no_bits, planted_woken_eintr, planted_takes_any_time;

/* planted_must.c: what must happen, and does not. */
extern planted_call planted_wakes_last, planted_wakes_less, planted_wakes_more,
	planted_wake_zero_none, planted_bitset_one, planted_skips_bits,
	planted_requeue_less, planted_requeue_tells_woken,
	planted_requeue_moves_first, planted_requeue_wakes_less,
	planted_compares_late, planted_op_first_only, planted_op_always,
	planted_op_unsigned, planted_op_andn_and, planted_op_no_sign,
	planted_op_no_shift, planted_op_xor_or, planted_op_gt_ge,
	planted_fork_loses, planted_high_bit, planted_low_byte,
	planted_zero_bits_sleep, planted_dropped_fault, planted_copied_fault,
	planted_copied_old;

/* planted_pi.c: locks. */
extern planted_call planted_no_waiters_bit, planted_unlock_died,
	planted_lock_waiters, planted_lock_clears_died, planted_trylock_steals,
	planted_trylock_never, planted_timeout_locks, planted_move_less,
	planted_move_no_waiters, planted_unlock_any, planted_deadlock_locks,
	planted_deadlock_again, planted_unlock_einval, planted_unlock_frees,
	planted_lock_again, planted_prio_ignored, planted_prio_reversed,
	planted_prio_others, planted_stop_eintr, planted_exit_no_list,
	planted_exit_no_pending;

#endif
