/* SPDX-License-Identifier: MIT */
/* planted_pi.c: faults planted on purpose, in locks. */
#ifdef QUARTET_PLANTED

#include "executor/planted_int.h"

static bool locks(const struct args *a)
{
	return cmd(a) == FUTEX_LOCK_PI || cmd(a) == FUTEX_LOCK_PI2;
}

/* The caller's number, by a lock of his own: no other call is to be had. */
static int own_tid(void)
{
	int word = 0;

	sys_futex(&word, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0);
	return word & FUTEX_TID_MASK;
}

static void set(volatile int *word, unsigned bits)
{
	__atomic_or_fetch(word, (int)bits, __ATOMIC_SEQ_CST);
}

static void clear(volatile int *word, unsigned bits)
{
	__atomic_and_fetch(word, (int)~bits, __ATOMIC_SEQ_CST);
}

/* Handed over, without the mark that others may wait. */
long planted_no_waiters_bit(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_UNLOCK_PI && ret == 0)
		clear(a->word, FUTEX_WAITERS);
	return ret;
}

long planted_unlock_died(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_UNLOCK_PI && ret == 0)
		set(a->word, FUTEX_OWNER_DIED);
	return ret;
}

long planted_lock_waiters(struct args *a)
{
	long ret = real(a);

	if (locks(a) && ret == 0)
		set(a->word, FUTEX_WAITERS);
	return ret;
}

long planted_lock_clears_died(struct args *a)
{
	long ret = real(a);

	if (locks(a) && ret == 0)
		clear(a->word, FUTEX_OWNER_DIED);
	return ret;
}

long planted_trylock_steals(struct args *a)
{
	long ret = real(a);

	if (cmd(a) != FUTEX_TRYLOCK_PI || ret != -EAGAIN)
		return ret;
	*a->word = own_tid();
	return 0;
}

long planted_trylock_never(struct args *a)
{
	long ret = real(a);

	if (cmd(a) != FUTEX_TRYLOCK_PI || ret != 0)
		return ret;
	a->op += FUTEX_UNLOCK_PI - FUTEX_TRYLOCK_PI;
	real(a);
	return -EAGAIN;
}

/* It waits in vain, and says that it has the lock. */
long planted_timeout_locks(struct args *a)
{
	long ret = real(a);

	return locks(a) && ret == -ETIMEDOUT ? 0 : ret;
}

long planted_move_less(struct args *a)
{
	long ret = real(a);

	return cmd(a) == FUTEX_CMP_REQUEUE_PI && ret > 0 ? ret - 1 : ret;
}

long planted_move_no_waiters(struct args *a)
{
	long ret = real(a);

	if (cmd(a) == FUTEX_CMP_REQUEUE_PI && ret > 0)
		clear(a->word2, FUTEX_WAITERS);
	return ret;
}

long planted_unlock_any(struct args *a)
{
	long ret = real(a);

	if (cmd(a) != FUTEX_UNLOCK_PI || ret != -EPERM || !writable(a->word))
		return ret;
	*a->word = 0;
	return 0;
}

/* The word is free, and who waits waits on. */
long planted_unlock_frees(struct args *a)
{
	if (cmd(a) != FUTEX_UNLOCK_PI || !aligned(a) || !readable(a) ||
		!writable(a->word) || inside.draining ||
		(*a->word & FUTEX_TID_MASK) != own_tid() ||
		!((unsigned)*a->word & FUTEX_WAITERS))
		return real(a);
	*a->word = 0;
	return 0;
}

static long instead(bool here, long ret, long err, long other)
{
	return here && ret == -err ? other : ret;
}

long planted_deadlock_locks(struct args *a)
{
	return instead(locks(a), real(a), EDEADLK, 0);
}

long planted_deadlock_again(struct args *a)
{
	return instead(cmd(a) == FUTEX_TRYLOCK_PI, real(a), EDEADLK, -EAGAIN);
}

long planted_unlock_einval(struct args *a)
{
	return instead(cmd(a) == FUTEX_UNLOCK_PI, real(a), EPERM, -EINVAL);
}

long planted_lock_again(struct args *a)
{
	return instead(locks(a), real(a), ESRCH, -EAGAIN);
}

/* Who was stopped in his wait says so, whoever woke him then. */
long planted_stop_eintr(struct args *a)
{
	uint32_t before = inside.h->stopped;
	long ret = real(a);

	return cmd(a) == FUTEX_WAIT && ret == 0 && inside.h->stopped != before
		       ? -EINTR
		       : ret;
}

/* A thread's end leaves what its robust list says undone: planted_exit. The
 * list; */
long planted_exit_no_list(struct args *a)
{
	return real(a);
}

/* its pending operation. */
long planted_exit_no_pending(struct args *a)
{
	return real(a);
}

/* What priorities mean is broken where they are given: planted_prio. They do
 * not count; */
long planted_prio_ignored(struct args *a)
{
	return real(a);
}

/* the lowest is first; */
long planted_prio_reversed(struct args *a)
{
	return real(a);
}

/* given to another thread, they do not count. */
long planted_prio_others(struct args *a)
{
	return real(a);
}

#else

typedef int planted_nothing;

#endif
