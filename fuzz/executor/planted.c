/* SPDX-License-Identifier: MIT */
/*
 * planted.c: a futex that breaks its promises on purpose, one at a time, to
 * prove that the oracles notice: built with QUARTET_PLANTED, chosen by the
 * environment variable of that name. Empty in every other build.
 */
#ifdef QUARTET_PLANTED

#include <stdlib.h>
#include <string.h>

#include "executor/planted.h"
#include "executor/planted_int.h"

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

static long wait_writes(struct args *a)
{
	if (cmd(a) == FUTEX_WAIT && aligned(a) && writable(a->word))
		a->word[1] = 7;
	return real(a);
}

static long wake_clears(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_WAKE && aligned(a) && writable(a->word) && ret > 0)
		*a->word = 0;
	return ret;
}

static long requeue_writes(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_CMP_REQUEUE && ret > 0 && writable(a->word2))
		__atomic_add_fetch(a->word2, 1, __ATOMIC_SEQ_CST);
	return ret;
}

static long requeue_wakes_foreign(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_REQUEUE && ret > 0)
		sys_futex(&inside.h->canary_word, FUTEX_WAKE, 1, NULL, NULL, 0);
	return ret;
}

static long op_wakes_foreign(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_WAKE_OP && ret > 0)
		sys_futex(&inside.h->canary_word, FUTEX_WAKE, 1, NULL, NULL, 0);
	return ret;
}

/* In a hash of two slots whoever sleeps there is taken for one of the word's:
 * the program's other words, one after the other. */
static long hash_mixes(struct args *a)
{
	const struct program *p = &inside.h->program;
	long ret = real(a), other = 0;

	if (cmd(a) != FUTEX_WAKE || p->hash != 1 || ret != 0 || a->val <= 0)
		return ret;
	for (int i = 0; other <= 0 && i < p->nwords; i++) {
		a->word = inside_word(i);
		other = real(a);
	}
	return other > 0 ? other : 0;
}

/* Of each: the promises that it breaks, of which one has to be told
 * (oracle/check.h). */
static const struct {
	const char *name;
	planted_call *call;
	const char *promises;
} faults[] = {
	{ "lost-wake", lost_wake, "conservation results" },
	{ "silent-loss", silent_loss, "conservation model" },
	{ "double-count", double_count, "conservation" },
	{ "wakes-all", wakes_all, "conservation" },
	{ "requeue-wakes", requeue_wakes, "conservation results" },
	{ "requeue-counts-twice", requeue_counts_twice,
		"conservation results" },
	{ "wrong-errno", wrong_errno, "results" },
	{ "stray-write", stray_write, "memory" },
	{ "ignores-value", ignores_value, "results model" },
	{ "early-timeout", early_timeout, "results" },
	{ "wrong-owner", wrong_owner, "memory" },
	{ "lazy-unlock", lazy_unlock, "results memory model" },
	{ "ignores-bits", ignores_bits, "conservation" },
	{ "ignores-private", ignores_private, "conservation" },
	{ "ignores-compare", ignores_compare, "results" },
	{ "no-wake-op", no_wake_op, "memory model results" },
	{ "takes-any-time", planted_takes_any_time, "results" },
	{ "foreign-wake", foreign_wake, "isolation" },
	{ "sleeps-again", sleeps_again, "conservation" },
	{ "never-back", never_back, "liveness" },
	{ "times-out-again", planted_times_out_again, "results" },
	{ "unaligned-efault", planted_unaligned_efault, "results" },
	{ "unknown-einval", planted_unknown_einval, "results" },
	{ "takes-realtime", planted_takes_realtime, "results" },
	{ "takes-negative", planted_takes_negative, "results" },
	{ "takes-no-bits", planted_takes_no_bits, "results" },
	{ "woken-eintr", planted_woken_eintr, "results" },
	{ "wait-writes", wait_writes, "memory" },
	{ "wake-clears", wake_clears, "memory model results" },
	{ "requeue-writes", requeue_writes, "memory model results" },
	{ "requeue-wakes-foreign", requeue_wakes_foreign, "isolation" },
	{ "op-wakes-foreign", op_wakes_foreign, "isolation" },
	{ "wakes-last", planted_wakes_last, "model" },
	{ "wakes-less", planted_wakes_less, "model" },
	{ "wakes-more", planted_wakes_more, "conservation" },
	{ "wake-zero-none", planted_wake_zero_none, "conservation model" },
	{ "bitset-one", planted_bitset_one, "model" },
	{ "skips-bits", planted_skips_bits, "conservation model" },
	{ "requeue-less", planted_requeue_less, "model conservation" },
	{ "requeue-tells-woken", planted_requeue_tells_woken,
		"model conservation" },
	{ "requeue-moves-first", planted_requeue_moves_first,
		"model conservation" },
	{ "requeue-wakes-less", planted_requeue_wakes_less,
		"model conservation" },
	{ "compares-late", planted_compares_late, "conservation model" },
	{ "op-first-only", planted_op_first_only, "model" },
	{ "op-always", planted_op_always, "model conservation" },
	{ "op-unsigned", planted_op_unsigned, "model" },
	{ "op-andn-and", planted_op_andn_and, "model" },
	{ "op-no-sign", planted_op_no_sign, "model" },
	{ "op-no-shift", planted_op_no_shift, "model" },
	{ "op-xor-or", planted_op_xor_or, "model" },
	{ "op-gt-ge", planted_op_gt_ge, "model" },
	{ "high-bit", planted_high_bit, "results model" },
	{ "low-byte", planted_low_byte, "results model" },
	{ "zero-bits-sleep", planted_zero_bits_sleep, "model" },
	{ "dropped-fault", planted_dropped_fault, "results model" },
	{ "copied-fault", planted_copied_fault, "results model" },
	{ "copied-old", planted_copied_old, "model memory" },
	{ "no-waiters-bit", planted_no_waiters_bit, "model" },
	{ "unlock-died", planted_unlock_died, "memory model results" },
	{ "lock-waiters", planted_lock_waiters, "model" },
	{ "lock-clears-died", planted_lock_clears_died, "model" },
	{ "trylock-steals", planted_trylock_steals, "memory model results" },
	{ "trylock-never", planted_trylock_never, "model" },
	{ "timeout-locks", planted_timeout_locks, "memory model" },
	{ "move-less", planted_move_less, "model" },
	{ "move-no-waiters", planted_move_no_waiters, "model" },
	{ "unlock-any", planted_unlock_any, "results model" },
	{ "deadlock-locks", planted_deadlock_locks, "results model" },
	{ "deadlock-again", planted_deadlock_again, "results model" },
	{ "unlock-einval", planted_unlock_einval, "results model" },
	{ "unlock-frees", planted_unlock_frees, "model" },
	{ "lock-again", planted_lock_again, "model results" },
	{ "fork-loses", planted_fork_loses, "conservation model" },
	{ "stop-eintr", planted_stop_eintr, "results model" },
	{ "exit-no-list", planted_exit_no_list, "memory model" },
	{ "exit-no-pending", planted_exit_no_pending, "memory model" },
	{ "hash-mixes", hash_mixes, "conservation" },
	{ "prio-ignored", planted_prio_ignored, "model" },
	{ "prio-reversed", planted_prio_reversed, "model" },
	{ "prio-others", planted_prio_others, "model" },
};

#define FAULTS (sizeof(faults) / sizeof(*faults))

static planted_call *chosen;

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

void planted_exit(struct robust_list_head *list)
{
	if (chosen == planted_exit_no_list)
		list->list.next = &list->list;
	if (chosen == planted_exit_no_pending)
		list->list_op_pending = NULL;
}

int planted_prio(int by, int whose, int prio)
{
	if (chosen == planted_prio_ignored ||
		(chosen == planted_prio_others && by != whose))
		return -1;
	return chosen == planted_prio_reversed && prio ? PROGRAM_PRIOS - prio
						       : prio;
}

#else

/* ISO C forbids an empty file. */
typedef int planted_nothing;

#endif
